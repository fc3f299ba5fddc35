import { orderStates } from '@plumbline/domain/order';
import type { OrderView } from '@plumbline/contracts/payments';
import type { Translator } from '@plumbline/i18n/translator';
import type { ReactNode } from 'react';
import { apiContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { TextLink } from '../../ui/Button.tsx';
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
] as const;

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const search = new URL(request.url).searchParams;
    const state = orderStates.find((known) => known === search.get('state'));
    const cursor = search.get('cursor') ?? undefined;
    const query = { limit: 25, ...(state && { state }), ...(cursor && { cursor }) };
    const page = await context.get(apiContext).payments.adminOrders({ query });
    return { page, state: state ?? null, cursor: cursor ?? null };
  });
}

function columnsOf(t: Translator): Column<OrderView>[] {
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
  ];
}

export default function OrdersPage({ loaderData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { page, state, cursor } = loaderData;
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
          columns={columnsOf(t)}
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
