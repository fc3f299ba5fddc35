import type { SearchReply } from '@plumbline/contracts/matching';
import { localDate } from '@plumbline/i18n/dates';
import { useState, type ReactNode } from 'react';
import { useNavigation } from 'react-router';
import { apiContext, pageContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { load, unless } from '../../lib/load.ts';
import { mapModel } from '../../lib/mapModel.ts';
import { marketOf } from '../../lib/market.ts';
import { paths } from '../../paths.ts';
import { LinkButton, TextLink } from '../../ui/Button.tsx';
import { Page } from '../../ui/Layout.tsx';
import { Title } from '../../ui/Title.tsx';
import { SkeletonCards } from '../../ui/Wait.tsx';
import type { Route } from './+types/ExplorePage';
import './messages.ts';
import { ActiveFilters, Sorts } from './parts/ActiveFilters.tsx';
import { ExploreMap } from './parts/ExploreMap.tsx';
import { ListingCard } from './parts/ListingCard.tsx';
import { NothingFound } from './parts/NothingFound.tsx';
import { SearchForm } from './parts/SearchForm.tsx';
import { changed, readSearch, toQuery, type Search } from './query.ts';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const search = readSearch(new URL(request.url).searchParams);
    const api = context.get(apiContext);
    const { regionId, now } = context.get(pageContext);
    const find = (query: Search) => api.matching.search({ params: { regionId }, query: toQuery(query) });
    const [market, found] = await Promise.all([marketOf(context), unless('matching.place_unknown', find(search))]);
    // A place that nobody knows is a fault of one field, not of the page.
    const reply = found ?? (await find({ ...search, place: undefined, sort: undefined }));
    return {
      search,
      reply,
      unknownPlace: found ? null : (search.place ?? null),
      places: market.places.map((place) => place.label),
      map: mapModel(market),
      currency: market.currency,
      today: localDate(new Date(now), market.timeZone),
      now,
    };
  });
}

function useHeading(search: Search, reply: SearchReply, city: string): string {
  const t = useT();
  const what = search.q || (search.category ? t(`category.${search.category as 'plumbing'}`) : '');
  const place = reply.understood.place?.name ?? reply.understood.zone?.name;
  if (place) return t('explore.title.place', { what: what || t('explore.title.any'), place });
  return what ? t('explore.title.what', { what, city }) : t('explore.title.all', { city });
}

export default function ExplorePage({ loaderData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { search, reply, unknownPlace, places, map, currency, today } = loaderData;
  const [active, setActive] = useState<string>();
  const heading = useHeading(search, reply, map.city);
  const { understood } = reply;
  return (
    <Page width="wide">
      <Title description={t('explore.description')}>{heading}</Title>
      <h1 tabIndex={-1} className="pt-6 pb-4 text-22 first-letter:uppercase md:pt-8 md:text-28">
        {heading}
      </h1>
      <SearchForm
        search={search}
        facets={reply.facets}
        places={places}
        today={today}
        placeError={unknownPlace ? t('explore.unknown_place', { place: unknownPlace }) : undefined}
      />
      <div className="mt-6 grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_minmax(22rem,2fr)] xl:grid-cols-[minmax(0,8fr)_minmax(0,5fr)]">
        <div className="min-w-0">
          <div className="mb-4 grid grid-cols-1 gap-3">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              <p role="status" className="font-strong">
                {reply.total.more
                  ? t('explore.total_more', { n: t.number(reply.total.n) })
                  : t('explore.total', { n: reply.total.n })}
              </p>
              <Sorts search={search} hasPlace={understood.point !== null} />
            </div>
            <ActiveFilters search={search} currency={currency} zone={understood.timeZone} />
            {understood.corrected && (
              <p className="text-14 text-ink-muted">{t('explore.corrected', { words: understood.corrected })}</p>
            )}
            {understood.someWords && <p className="text-14 text-ink-muted">{t('explore.some_words')}</p>}
          </div>
          <Results search={search} reply={reply} active={active} onActive={setActive} />
        </div>
        <ExploreMap map={map} search={search} reply={reply} active={active} onActive={setActive} />
      </div>
    </Page>
  );
}

interface ResultsProps {
  search: Search;
  reply: SearchReply;
  active: string | undefined;
  onActive: (serviceId: string | undefined) => void;
}

function Results({ search, reply, active, onActive }: ResultsProps): ReactNode {
  const t = useT();
  const { location } = useNavigation();
  if (location?.pathname === paths.explore()) return <SkeletonCards count={5} label={t('explore.loading')} />;
  if (reply.items.length === 0) return <NothingFound search={search} reply={reply} />;
  return (
    <>
      <h2 className="sr-only">{t('explore.results')}</h2>
      <ol className="grid gap-3">
        {reply.items.map((listing) => (
          <li key={listing.serviceId}>
            <ListingCard
              listing={listing}
              level="h3"
              keep={{ place: search.place, date: search.date }}
              active={active === listing.serviceId}
              onActive={onActive}
            />
          </li>
        ))}
      </ol>
      <p className="mt-4 text-14 text-ink-muted">
        {t('explore.zone_note', { zone: t.zone(reply.understood.timeZone) })}
      </p>
      <p className="mt-4 rounded-card bg-brass-soft p-4">
        {t('explore.now')}{' '}
        <TextLink to={paths.callNow({ category: search.category, near: reply.understood.place?.placeId })}>
          {t('explore.now.act')}
        </TextLink>
      </p>
      <div className="mt-5 flex flex-wrap gap-3">
        {reply.next && (
          <LinkButton to={paths.explore(changed(search, { cursor: reply.next }))} tone="quiet">
            {t('explore.page.next')}
          </LinkButton>
        )}
        {search.cursor && (
          <LinkButton to={paths.explore(changed(search, {}))} tone="plain">
            {t('explore.page.first')}
          </LinkButton>
        )}
      </div>
    </>
  );
}
