import type { ReactNode } from 'react';
import { apiContext, pageContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { Page, PageHead } from '../../ui/Layout.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { Title } from '../../ui/Title.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import { BookingRow } from '../booking/index.ts';
import type { Route } from './+types/OverPage';
import './messages.ts';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const { now } = context.get(pageContext);
    const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
    const query = { view: 'work', group: 'over', limit: 20, ...(cursor && { cursor }) } as const;
    return { page: await context.get(apiContext).booking.list({ query }), cursor: cursor ?? null, now };
  });
}

export default function OverPage({ loaderData: { page, cursor, now } }: Route.ComponentProps): ReactNode {
  const t = useT();
  return (
    <Page width="list">
      <Title>{t('work.over.title')}</Title>
      <PageHead
        title={t('work.over.title')}
        lead={t('work.over.lead')}
        back={{ to: paths.work(), label: t('work.back') }}
      />
      {page.items.length === 0 ? (
        <EmptyState drawing="work" title={t('work.over.empty')}>
          <p>{t('work.over.empty.text')}</p>
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
      <Pager next={page.next && paths.workOver({ cursor: page.next })} first={cursor ? paths.workOver() : undefined} />
    </Page>
  );
}
