import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, type FieldWords } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf, type FormState } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { TextArea } from '../../ui/Field.tsx';
import { Card } from '../../ui/Layout.tsx';
import { Chip } from '../../ui/Signs.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import type { Route } from './+types/ListingsPage';
import './messages.ts';
import { TowerPage } from './parts/TowerPage.tsx';
import { Pager } from './parts/Pager.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
    const page = await context.get(apiContext).catalogue.reviews({ query: { limit: 20, ...(cursor && { cursor }) } });
    return { page, cursor: cursor ?? null, formKey: crypto.randomUUID() };
  });
}

const words: FieldWords = {
  codes: { 'catalogue.reason_missing': 'reason' },
  fields: { reason: 'admin.listings.reason' },
};

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  return act(request, t, words, async (form) => {
    const decision = form.text('decision') === 'publish' ? 'publish' : 'return';
    const reason = form.maybe('reason');
    const body = { decision, ...(reason && { reason }) } as const;
    await context.get(apiContext).catalogue.decideReview({ params: { serviceId: form.intent }, body });
    return redirect(paths.adminPart('listings'));
  });
}

function Decision({ state: { error, value, busy } }: { state: FormState }): ReactNode {
  const t = useT();
  return (
    <>
      <TextArea
        name="reason"
        rows={2}
        label={t('admin.listings.reason')}
        error={error('reason')}
        defaultValue={value('reason')}
      />
      <div className="flex flex-wrap gap-3">
        <Button name="decision" value="publish" busy={busy && t('admin.listings.busy')}>
          {t('admin.listings.publish')}
        </Button>
        <Button name="decision" value="return" tone="quiet" busy={busy && t('admin.listings.busy')}>
          {t('admin.listings.return')}
        </Button>
      </div>
    </>
  );
}

export default function ListingsPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { page, cursor, formKey } = loaderData;
  return (
    <TowerPage title={t('admin.listings.title')} lead={t('admin.listings.lead')}>
      {page.items.length === 0 ? (
        <EmptyState drawing="work" title={t('admin.listings.empty')}>
          <p>{t('admin.listings.empty.text')}</p>
        </EmptyState>
      ) : (
        <ol className="grid gap-4">
          {page.items.map((listing) => (
            <Card as="li" key={listing.serviceId}>
              <h2 className="text-18">
                {listing.title}, {listing.providerName}
              </h2>
              <p className="mt-2 max-w-prose whitespace-pre-line">{listing.description}</p>
              <p className="mt-3 flex flex-wrap gap-2">
                {listing.findings.map((finding) => (
                  <Chip key={finding} tone="warn" icon="alert">
                    {t(`admin.listings.finding.${finding}`)}
                  </Chip>
                ))}
              </p>
              <ActionForm
                intent={listing.serviceId}
                formKey={formKey}
                failure={failureOf(actionData)}
                className="mt-4 grid gap-4"
              >
                {(state) => <Decision state={state} />}
              </ActionForm>
            </Card>
          ))}
        </ol>
      )}
      <Pager
        next={page.next && paths.adminPart('listings', { cursor: page.next })}
        first={cursor ? paths.adminPart('listings') : undefined}
      />
    </TowerPage>
  );
}
