import type { VerificationView } from '@plumbline/contracts/trust';
import type { ReactNode } from 'react';
import { companyFor } from '../../lib/company.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { useLive } from '../../lib/live.ts';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Section } from '../../ui/Layout.tsx';
import { Banner, StatusBadge, type Tone } from '../../ui/Signs.tsx';
import type { Route } from './+types/DocumentsPage';
import './messages.ts';
import { StudioFrame } from './parts/StudioForm.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { now, liveCursor } = context.get(pageContext);
    const { organisationId } = await companyFor(api);
    const { items, mayPublish } = await api.trust.verifications({ params: { organisationId } });
    const done = new URL(request.url).searchParams.get('done') !== null;
    return { items, mayPublish, organisationId, done, now, liveCursor };
  });
}

export default function DocumentsPage({ loaderData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { items, mayPublish, organisationId, done, now, liveCursor } = loaderData;
  useLive([`organisation:${organisationId}`], liveCursor);
  return (
    <StudioFrame title={t('studio.documents.title')} lead={t('studio.documents.lead')}>
      {(done || mayPublish) && (
        <div className="mb-6">
          <Banner tone="good" title={t(done ? 'studio.document.done' : 'studio.documents.ready')} />
        </div>
      )}
      <div className="grid gap-10">
        <Papers title={t('studio.documents.required')} items={items.filter(({ required }) => required)} now={now} />
        <Papers title={t('studio.documents.optional')} items={items.filter(({ required }) => !required)} now={now} />
      </div>
      <p className="mt-6 text-14 text-ink-muted">{t('studio.document.private')}</p>
    </StudioFrame>
  );
}

function Papers({ title, items, now }: { title: string; items: VerificationView[]; now: string }): ReactNode {
  return (
    <Section title={title}>
      <ul className="rounded-card border border-line bg-sheet">
        {items.map((item) => (
          <Paper key={item.kind} item={item} now={now} />
        ))}
      </ul>
    </Section>
  );
}

const tones: Record<VerificationView['state'], Tone> = {
  missing: 'plain',
  submitted: 'info',
  in_review: 'info',
  approved: 'good',
  rejected: 'bad',
  expiring: 'warn',
  expired: 'bad',
};

function Paper({ item, now }: { item: VerificationView; now: string }): ReactNode {
  const t = useT();
  const { kind, state, required, expiresOn, reference, reason } = item;
  const name = t(`studio.document.${kind}`);
  const facts = [
    expiresOn &&
      t('studio.document.until', {
        day: t.day({ at: `${expiresOn}T12:00:00Z`, zone: 'UTC' }, { long: true, now }),
      }),
    reference && t('studio.document.reference', { reference }),
  ].filter(Boolean);
  // What stands between a company and its first customer is the primary act; the rest is offered quietly.
  const urgent = required && ['missing', 'rejected', 'expired'].includes(state);
  return (
    <li className="grid gap-x-6 gap-y-3 border-b border-line p-4 last:border-0 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center sm:p-5">
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h3 className="text-16">{name}</h3>
          <StatusBadge tone={tones[state]}>{t(`status.verification.${state}`)}</StatusBadge>
        </div>
        <p className="mt-1 text-14 text-ink-muted">
          {facts.length > 0 ? facts.join(' · ') : t(`studio.document.${kind}.hint`)}
        </p>
        {reason && <p className="mt-1 font-medium">{t('studio.document.why', { reason })}</p>}
      </div>
      <LinkButton
        to={paths.document(kind)}
        tone={urgent ? 'action' : 'quiet'}
        size="small"
        aria-label={`${t(state === 'missing' ? 'studio.document.act.missing' : 'studio.document.act.again')}: ${name}`}
      >
        {t(state === 'missing' ? 'studio.document.act.missing' : 'studio.document.act.again')}
      </LinkButton>
    </li>
  );
}
