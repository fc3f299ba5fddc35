import type { ReactNode } from 'react';
import { apiContext, pageContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { useLive } from '../../lib/live.ts';
import { load } from '../../lib/load.ts';
import { useMe } from '../../lib/session.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Page, PageHead } from '../../ui/Layout.tsx';
import { LinkChip } from '../../ui/Signs.tsx';
import { Title } from '../../ui/Title.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import type { Route } from './+types/BookingsPage';
import './messages.ts';
import { BookingRow } from './parts/BookingRow.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const { now, liveCursor } = context.get(pageContext);
    const search = new URL(request.url).searchParams;
    const group = search.get('group') === 'over' ? ('over' as const) : ('open' as const);
    const cursor = search.get('cursor') ?? undefined;
    const page = await context
      .get(apiContext)
      .booking.list({ query: { view: 'mine', group, limit: 20, ...(cursor && { cursor }) } });
    return { page, group, cursor: cursor ?? null, now, liveCursor };
  });
}

export default function BookingsPage({ loaderData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const me = useMe();
  const { page, group, cursor, now, liveCursor } = loaderData;
  useLive(me ? [`person:${me.personId}`] : [], liveCursor);
  return (
    <Page width="list">
      <Title>{t('booking.list.title')}</Title>
      <PageHead title={t('booking.list.title')} lead={t('booking.list.lead')} />
      <nav aria-label={t('booking.list.groups')} className="mb-5 flex gap-2">
        <LinkChip to={paths.bookings()} selected={group === 'open'}>
          {t('booking.list.open')}
        </LinkChip>
        <LinkChip to={paths.bookings({ group: 'over' })} selected={group === 'over'}>
          {t('booking.list.over')}
        </LinkChip>
      </nav>
      {page.items.length === 0 ? (
        <EmptyState
          drawing="calendar"
          title={t(`booking.list.empty.${group}`)}
          action={<LinkButton to={paths.explore()}>{t('booking.list.empty_act')}</LinkButton>}
        >
          {group === 'open' && <p>{t('booking.list.empty.text')}</p>}
        </EmptyState>
      ) : (
        <ol className="grid gap-3">
          {page.items.map((booking) => (
            <li key={booking.bookingId}>
              <BookingRow booking={booking} now={now} />
            </li>
          ))}
        </ol>
      )}
      <div className="mt-5 flex flex-wrap gap-4">
        {page.next && (
          <LinkButton to={paths.bookings({ group, cursor: page.next })} tone="quiet">
            {t('ui.pages.next')}
          </LinkButton>
        )}
        {cursor && (
          <LinkButton to={paths.bookings({ group })} tone="plain">
            {t('ui.pages.first')}
          </LinkButton>
        )}
      </div>
    </Page>
  );
}
