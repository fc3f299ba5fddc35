import type { PayoutView } from '@plumbline/contracts/payments';
import type { ReactNode } from 'react';
import { redirect, useSearchParams } from 'react-router';
import type { Translator } from '@plumbline/i18n/translator';
import { act, type Failure } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { may, useMe } from '../../lib/session.ts';
import { paths } from '../../paths.ts';
import { Button, TextLink } from '../../ui/Button.tsx';
import { Banner, StatusBadge } from '../../ui/Signs.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import { Money, ZonedTime } from '../../ui/Text.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import type { Route } from './+types/PayoutsPage';
import './messages.ts';
import { TowerPage } from './parts/TowerPage.tsx';
import { Pager } from './parts/Pager.tsx';
import { payoutTone } from './parts/tones.ts';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
    const page = await context
      .get(apiContext)
      .payments.adminPayouts({ query: { limit: 25, ...(cursor && { cursor }) } });
    return { page, cursor: cursor ?? null, formKey: crypto.randomUUID() };
  });
}

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const { payments } = context.get(apiContext);
  return act(request, t, {}, async (form) => {
    const { idempotencyKey } = form;
    const payoutId = form.text('payoutId');
    if (form.intent === 'run') {
      const { payouts } = await payments.runPayouts({ idempotencyKey });
      return redirect(paths.adminPart('payouts', { ran: payouts }));
    }
    const call = form.text('act') === 'approve' ? payments.approvePayout : payments.retryPayout;
    await call({ params: { payoutId }, idempotencyKey });
    return redirect(paths.adminPart('payouts'));
  });
}

interface RowActProps {
  payout: PayoutView;
  formKey: string;
  failure: Failure | undefined;
}

function RowAct({ payout, formKey, failure }: RowActProps): ReactNode {
  const t = useT();
  const act = payout.can.approve ? 'approve' : payout.can.retry ? 'retry' : undefined;
  return (
    <span className="flex flex-wrap items-center justify-end gap-3">
      <TextLink to={paths.payout(payout.payoutId)}>{t('admin.payout_list.explain')}</TextLink>
      {act && (
        <ActionForm intent={payout.payoutId} formKey={formKey} failure={failure}>
          {({ busy }) => (
            <>
              <input type="hidden" name="payoutId" value={payout.payoutId} />
              <input type="hidden" name="act" value={act} />
              <Button size="small" tone="quiet" busy={busy && t('admin.documents.busy')}>
                {t(`admin.payout_list.${act}`)}
              </Button>
            </>
          )}
        </ActionForm>
      )}
    </span>
  );
}

function columnsOf(t: Translator, form: Omit<RowActProps, 'payout'>): Column<PayoutView>[] {
  return [
    { key: 'provider', label: t('admin.payout_list.provider'), renderCell: (payout) => payout.organisationName },
    {
      key: 'state',
      label: t('admin.state'),
      renderCell: (payout) => (
        <StatusBadge tone={payoutTone(payout.state)}>{t(`status.payout.${payout.state}`)}</StatusBadge>
      ),
    },
    {
      key: 'created',
      label: t('admin.payout_list.created'),
      wide: true,
      renderCell: (payout) => <ZonedTime moment={payout.createdAt} zone={false} />,
    },
    { key: 'amount', label: t('admin.amount'), end: true, renderCell: (payout) => <Money amount={payout.amount} /> },
    {
      key: 'act',
      label: t('admin.payout_list.act'),
      end: true,
      renderCell: (payout) => <RowAct payout={payout} {...form} />,
    },
  ];
}

export default function PayoutsPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const me = useMe();
  const ran = useSearchParams()[0].get('ran');
  const { page, cursor, formKey } = loaderData;
  const failure = failureOf(actionData);
  const run = may(me, 'payout:manage') && (
    <ActionForm intent="run" formKey={formKey} failure={failure}>
      {({ busy }) => <Button busy={busy && t('admin.payout_list.run.busy')}>{t('admin.payout_list.run')}</Button>}
    </ActionForm>
  );
  return (
    <TowerPage title={t('admin.payout_list.title')} lead={t('admin.payout_list.lead')} action={run}>
      {ran !== null && (
        <div className="mb-6">
          <Banner tone="good" title={t('admin.payout_list.ran', { count: Number(ran) || 0 })} />
        </div>
      )}
      {page.items.length === 0 ? (
        <EmptyState drawing="money" title={t('admin.payout_list.empty')}>
          <p>{t('admin.payout_list.empty.text')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={t('admin.payout_list.title')}
          columns={columnsOf(t, { formKey, failure })}
          rows={page.items}
          rowKey={(payout) => payout.payoutId}
        />
      )}
      <Pager
        next={page.next && paths.adminPart('payouts', { cursor: page.next })}
        first={cursor ? paths.adminPart('payouts') : undefined}
      />
    </TowerPage>
  );
}
