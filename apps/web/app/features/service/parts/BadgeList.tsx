import type { ServicePage } from '@plumbline/contracts/matching';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { Chip } from '../../../ui/Signs.tsx';

/** What we checked, and until when it is valid. */
export function BadgeList({ badges, zone }: { badges: ServicePage['badges']; zone: string }): ReactNode {
  const t = useT();
  if (badges.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2">
      {badges.map(({ kind, until }) => {
        const badge = t(`trust.badge.${kind}`);
        const date = until && t.day({ at: `${until}T12:00:00Z`, zone }, { now: '1970-01-01T00:00:00Z' });
        return (
          <li key={kind}>
            <Chip icon="shield" tone="good">
              {date ? t('trust.badge.until', { badge, date }) : badge}
            </Chip>
          </li>
        );
      })}
    </ul>
  );
}
