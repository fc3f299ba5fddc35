import { orderStates } from '@plumbline/domain/order';
import type { OrderView } from '@plumbline/contracts/payments';
import type { Translator } from '@plumbline/i18n/translator';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, type Failure } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { Button, TextLink } from '../../ui/Button.tsx';
import { LinkChip, StatusBadge } from '../../ui/Signs.tsx';
import { Table, type Column } from '../../ui/Table.tsx';
import { Money } from '../../ui/Text.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import type { Route } from './+types/OrdersPage';
import './messages.ts';
import { TowerPage } from './parts/TowerPage.tsx';
import { Pager } from './parts/Pager.tsx';
import { orderTone } from './parts/tones.ts';

/** What staff look for most; every other state is in the list of all. */
const filters = [
  'authorised',
  'held',
  'delivered',
  'release_pending',
  'released',
  'closed',
  'disputed_internal',
  'refund_pending',
] as const;

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const search = new URL(request.url).searchParams;
    const state = orderStates.find((known) => known === search.get('state'));
    const cursor = search.get('cursor') ?? undefined;
    const query = { limit: 25, ...(state && { state }), ...(cursor && { cursor }) };
    const page = await context.get(apiContext).payments.adminOrders({ query });
    return { page, state: state ?? null, cursor: cursor ?? null, formKey: crypto.randomUUID() };
  });
}

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const { payments } = context.get(apiContext);
  return act(request, t, {}, async (form) => {
    const params = { orderId: form.text('orderId'), refundId: form.text('refundId') };
    await payments.retryRefund({ params, idempotencyKey: form.idempotencyKey });
    return redirect(paths.adminPart('orders', { state: new URL(request.url).searchParams.get('state') }));
  });
}

interface RetryProps {
  order: OrderView;
  formKey: string;
  failure: Failure | undefined;
}

/** A button for each refund of the order that failed. */
function Retry({ order, formKey, failure }: RetryProps): ReactNode {
  const t = useT();
  if (!order.can.retryRefund) return null;
  const failed = order.refunds.filter(({ state }) => state === 'failed');
  return failed.map(({ refundId, amount }) => (
    <ActionForm key={refundId} intent={refundId} formKey={formKey} failure={failure}>
      {({ busy }) => (
        <>
          <input type="hidden" name="orderId" value={order.orderId} />
          <input type="hidden" name="refundId" value={refundId} />
          <Button size="small" tone="quiet" busy={busy && t('admin.documents.busy')}>
            {t('admin.order_list.retry_refund', { money: t.money(amount) })}
          </Button>
        </>
      )}
    </ActionForm>
  ));
}

function columnsOf(t: Translator, form: Omit<RetryProps, 'order'>): Column<OrderView>[] {
  return [
    {
      key: 'reference',
      label: t('admin.order_list.reference'),
      renderCell: (order) => <TextLink to={paths.booking(order.subject.id)}>{order.reference}</TextLink>,
    },
    {
      key: 'state',
      label: t('admin.state'),
      renderCell: (order) => (
        <StatusBadge tone={orderTone(order.state)}>{t(`status.order.${order.state}`)}</StatusBadge>
      ),
    },
    {
      key: 'agreed',
      label: t('admin.order_list.agreed'),
      end: true,
      renderCell: (order) => <Money amount={order.amounts.agreed} />,
    },
    {
      key: 'held',
      label: t('admin.order_list.held'),
      end: true,
      wide: true,
      renderCell: (order) => <Money amount={order.amounts.held} />,
    },
    {
      key: 'refunded',
      label: t('admin.order_list.refunded'),
      end: true,
      wide: true,
      renderCell: (order) => <Money amount={order.amounts.refunded} />,
    },
    {
      key: 'provider',
      label: t('admin.order_list.provider'),
      end: true,
      wide: true,
      renderCell: (order) => <Money amount={order.amounts.provider} />,
    },
    {
      key: 'act',
      label: t('admin.payout_list.act'),
      end: true,
      renderCell: (order) => <Retry order={order} {...form} />,
    },
  ];
}

export default function OrdersPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { page, state, cursor, formKey } = loaderData;
  const columns = columnsOf(t, { formKey, failure: failureOf(actionData) });
  const anyToRetry = page.items.some(({ can }) => can.retryRefund);
  return (
    <TowerPage title={t('admin.order_list.title')} lead={t('admin.order_list.lead')}>
      <nav aria-label={t('admin.filter')} className="mb-5 flex flex-wrap gap-2">
        <LinkChip to={paths.adminPart('orders')} selected={state === null}>
          {t('admin.order_list.all')}
        </LinkChip>
        {filters.map((filter) => (
          <LinkChip key={filter} to={paths.adminPart('orders', { state: filter })} selected={filter === state}>
            {t(`status.order.${filter}`)}
          </LinkChip>
        ))}
      </nav>
      {page.items.length === 0 ? (
        <EmptyState drawing="money" title={t('admin.order_list.empty')}>
          <p>{t('admin.order_list.empty.text')}</p>
        </EmptyState>
      ) : (
        <Table
          caption={t('admin.order_list.title')}
          columns={columns.filter(({ key }) => key !== 'act' || anyToRetry)}
          rows={page.items}
          rowKey={(order) => order.orderId}
        />
      )}
      <Pager
        next={page.next && paths.adminPart('orders', { state, cursor: page.next })}
        first={cursor ? paths.adminPart('orders', { state }) : undefined}
      />
    </TowerPage>
  );
}
