import type { ServicePage } from '@plumbline/contracts/matching';
import type { MoneyValue } from '@plumbline/i18n';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { TextLink } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Layout.tsx';
import { Money, ZonedSpan } from '../../../ui/Text.tsx';
import { CategoryTile } from '../../../ui/tile/CategoryTile.tsx';
import { durationText } from '../../service/index.ts';
import { choiceQuery, type Choice } from './choice.ts';

interface SummaryProps {
  service: ServicePage;
  choice: Choice;
  start: string | null;
  minutes: number;
  price: MoneyValue | null;
}

/** What is being bought, beside every step: what, from whom, when, for how much, and what happens to the money. */
export function Summary({ service, choice, start, minutes, price }: SummaryProps): ReactNode {
  const t = useT();
  const chosen = service.packages.find((item) => item.packageId === choice.packageId);
  return (
    <Card className="lg:sticky lg:top-28">
      <div className="flex gap-4">
        <CategoryTile
          category={service.categoryId}
          seed={service.serviceId}
          columns={2}
          rows={2}
          className="size-16 shrink-0 rounded-control"
        />
        <div className="min-w-0">
          <h2 className="text-16">{chosen ? `${service.title}: ${chosen.name}` : service.title}</h2>
          <p className="text-14 text-ink-muted">{service.provider.name}</p>
        </div>
      </div>
      <div className="mt-4 grid gap-1 border-t border-line pt-4">
        {start ? (
          <p className="font-medium">
            <ZonedSpan window={{ from: start, to: endOf(start, minutes), zone: service.timeZone }} />
          </p>
        ) : (
          <p className="text-14 text-ink-muted">{t('booking.summary.no_time')}</p>
        )}
        <p className="flex items-baseline justify-between gap-4 text-14 text-ink-muted">
          {durationText(t, minutes)}
          {start && (
            <TextLink to={paths.book(service.serviceId, choiceQuery(choice))}>{t('booking.summary.change')}</TextLink>
          )}
        </p>
      </div>
      {price && (
        <div className="mt-4 border-t border-line pt-4">
          <p className="flex items-baseline justify-between gap-4">
            <span className="font-strong">{t('booking.summary.total')}</span>
            <Money amount={price} className="heading text-22" />
          </p>
          <p className="text-14 text-ink-muted">
            {t(service.vatIncluded ? 'booking.summary.vat' : 'booking.summary.no_vat')}
          </p>
        </div>
      )}
      <ul className="mt-4 grid gap-1.5 border-t border-line pt-4 text-14 text-ink-muted">
        <li>{t('booking.summary.held', { provider: service.provider.name })}</li>
        <li>{t('booking.summary.cancel')}</li>
      </ul>
    </Card>
  );
}

/** Elapsed time: an hour of work is an hour, also in the night when the clocks change. */
const endOf = (start: string, minutes: number): string => new Date(Date.parse(start) + minutes * 60_000).toISOString();
