import type { ReviewView } from '@plumbline/contracts/trust';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, type Failure, type FieldWords } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf, type FormState } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { TextArea } from '../../ui/Field.tsx';
import { Card } from '../../ui/Layout.tsx';
import { LinkChip, StatusBadge, type Tone } from '../../ui/Signs.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import type { Route } from './+types/DocumentsPage';
import './messages.ts';
import { TowerPage } from './parts/TowerPage.tsx';
import { Pager } from './parts/Pager.tsx';

const filters = ['open', 'approved', 'rejected'] as const;
type Filter = (typeof filters)[number];

const zone = 'Europe/London';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const search = new URL(request.url).searchParams;
    const state: Filter = filters.find((filter) => filter === search.get('show')) ?? 'open';
    const cursor = search.get('cursor') ?? undefined;
    const page = await context
      .get(apiContext)
      .trust.reviews({ query: { state, limit: 20, ...(cursor && { cursor }) } });
    return { page, state, cursor: cursor ?? null, formKey: crypto.randomUUID() };
  });
}

const words: FieldWords = { codes: { 'trust.reason_missing': 'reason' }, fields: { reason: 'admin.documents.reason' } };

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  return act(request, t, words, async (form) => {
    const decision = form.text('decision') === 'approve' ? 'approve' : 'reject';
    const reason = form.maybe('reason');
    const body = { decision, ...(reason && { reason }) } as const;
    await context.get(apiContext).trust.decide({ params: { verificationId: form.intent }, body });
    return redirect(paths.adminPart('documents'));
  });
}

interface DocumentProps {
  review: ReviewView;
  formKey: string;
  failure: Failure | undefined;
}

function Document({ review, formKey, failure }: DocumentProps): ReactNode {
  const t = useT();
  return (
    <Card as="li">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="text-18">
            {t(`admin.kind.${review.kind}`)}, {review.organisationName}
          </h2>
          <p className="text-14 text-ink-muted">
            {t('admin.documents.handed_in', { when: t.moment({ at: review.submittedAt, zone }, { zone: false }) })}
            {review.expiresOn && ` · ${t('admin.documents.until', { day: review.expiresOn })}`}
            {review.reference && ` · ${t('admin.documents.reference', { reference: review.reference })}`}
          </p>
        </div>
        <StatusBadge tone={tones[review.state] ?? 'info'}>{t(`status.verification.${review.state}`)}</StatusBadge>
      </div>
      {review.reason && <p className="mt-3">{review.reason}</p>}
      <p className="mt-3">
        <a
          href={`/v1/admin/verifications/${review.verificationId}/document`}
          className="text-action underline underline-offset-3"
        >
          {t('admin.documents.open')}: {review.documentName}
        </a>
      </p>
      {(review.can.approve || review.can.reject) && (
        <ActionForm intent={review.verificationId} formKey={formKey} failure={failure} className="mt-4 grid gap-4">
          {(state) => <Decision state={state} />}
        </ActionForm>
      )}
    </Card>
  );
}

const tones: Partial<Record<ReviewView['state'], Tone>> = {
  approved: 'good',
  rejected: 'bad',
  expired: 'bad',
  expiring: 'warn',
};

function Decision({ state: { error, value, busy } }: { state: FormState }): ReactNode {
  const t = useT();
  return (
    <>
      <TextArea
        name="reason"
        rows={2}
        label={t('admin.documents.reason')}
        hint={t('admin.documents.reason.hint')}
        error={error('reason')}
        defaultValue={value('reason')}
      />
      <div className="flex flex-wrap gap-3">
        <Button name="decision" value="approve" busy={busy && t('admin.documents.busy')}>
          {t('admin.documents.approve')}
        </Button>
        <Button name="decision" value="reject" tone="quiet" busy={busy && t('admin.documents.busy')}>
          {t('admin.documents.reject')}
        </Button>
      </div>
    </>
  );
}

export default function DocumentsPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { page, state, cursor, formKey } = loaderData;
  return (
    <TowerPage title={t('admin.documents.title')} lead={t('admin.documents.lead')}>
      <nav aria-label={t('admin.filter')} className="mb-5 flex flex-wrap gap-2">
        {filters.map((filter) => (
          <LinkChip key={filter} to={paths.adminPart('documents', { show: filter })} selected={filter === state}>
            {t(`admin.filter.${filter}`)}
          </LinkChip>
        ))}
      </nav>
      {page.items.length === 0 ? (
        <EmptyState drawing="work" title={t('admin.documents.empty')}>
          <p>{t('admin.documents.empty.text')}</p>
        </EmptyState>
      ) : (
        <ol className="grid gap-4">
          {page.items.map((review) => (
            <Document key={review.verificationId} review={review} formKey={formKey} failure={failureOf(actionData)} />
          ))}
        </ol>
      )}
      <Pager
        next={page.next && paths.adminPart('documents', { show: state, cursor: page.next })}
        first={cursor ? paths.adminPart('documents', { show: state }) : undefined}
      />
    </TowerPage>
  );
}
