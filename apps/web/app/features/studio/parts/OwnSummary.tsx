import type { OwnServiceView } from '@plumbline/contracts/catalogue';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { TextLink } from '../../../ui/Button.tsx';
import { Facts } from '../../../ui/Layout.tsx';
import { durationText } from '../../service/index.ts';
import { ownPriceText } from './listing.ts';
import type { TeamMember } from './TeamChoice.tsx';

type Part = 'details' | 'packages' | 'team' | 'coverage';

/** What a service is, part by part, each with the way to change it. */
export function OwnSummary({ service, team }: { service: OwnServiceView; team: TeamMember[] }): ReactNode {
  const t = useT();
  const people = team.filter(({ personId }) => service.teamPersonIds.includes(personId)).map(({ name }) => name);
  const { items, inherited } = service.coverage;
  return (
    <div className="rounded-card border border-line bg-sheet">
      <PartOf part="details" service={service}>
        <Facts
          facts={[
            { label: t('studio.service.category'), value: t(`category.${service.categoryId}`) },
            { label: t('studio.service.price'), value: ownPriceText(t, service.price) },
            { label: t('studio.service.duration'), value: durationText(t, service.durationMinutes) },
            {
              label: t('studio.service.notice'),
              value:
                service.noticeMinutes === 0 ? t('studio.service.notice.none') : durationText(t, service.noticeMinutes),
            },
            {
              label: t('studio.own.buffers'),
              value: t('studio.own.buffers.value', {
                before: service.bufferBeforeMinutes,
                after: service.bufferAfterMinutes,
              }),
            },
          ]}
        />
        <p className="mt-4 line-clamp-4 max-w-prose text-14 whitespace-pre-line text-ink-muted">
          {service.description}
        </p>
      </PartOf>
      <PartOf part="packages" service={service}>
        {service.packages.length === 0 ? (
          <p className="text-ink-muted">{t('studio.own.packages.none')}</p>
        ) : (
          <ul className="grid gap-1.5">
            {service.packages.map((item) => (
              <li key={item.packageId} className="flex items-baseline justify-between gap-4">
                <span>
                  {item.name} <span className="text-14 text-ink-muted">{durationText(t, item.durationMinutes)}</span>
                </span>
                <span className="tabular-nums">{t.money(item.amount)}</span>
              </li>
            ))}
          </ul>
        )}
      </PartOf>
      <PartOf part="team" service={service}>
        <p>{people.length > 0 ? t.list(people) : t('studio.own.missing.team_missing')}</p>
      </PartOf>
      <PartOf part="coverage" service={service}>
        <p>{t(inherited ? 'studio.own.coverage.company' : 'studio.own.coverage.own', { n: items.length })}</p>
      </PartOf>
    </div>
  );
}

function PartOf({ part, service, children }: { part: Part; service: OwnServiceView; children: ReactNode }): ReactNode {
  const t = useT();
  const name = t(`studio.own.${part}`);
  return (
    <section className="border-b border-line p-5 last:border-0 sm:p-6">
      <div className="mb-3 flex items-baseline justify-between gap-4">
        <h2 className="text-18">{name}</h2>
        {service.can.edit && (
          <TextLink
            to={paths.ownServicePart(service.serviceId, part)}
            aria-label={t('studio.own.change.name', { part: name })}
            className="font-medium"
          >
            {t('studio.own.change')}
          </TextLink>
        )}
      </div>
      {children}
    </section>
  );
}
