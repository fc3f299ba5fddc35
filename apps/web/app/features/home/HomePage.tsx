import { categoryIds } from '@plumbline/domain/categories';
import type { ReactNode } from 'react';
import { Form, Link } from 'react-router';
import { apiContext, pageContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { mapModel, type MapModel } from '../../lib/mapModel.ts';
import { marketOf } from '../../lib/market.ts';
import { paths } from '../../paths.ts';
import { Button, LinkButton, TextLink } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Page, Section, Sums } from '../../ui/Layout.tsx';
import { Title } from '../../ui/Title.tsx';
import { CategoryTile } from '../../ui/tile/CategoryTile.tsx';
import { ZoneMap } from '../../ui/ZoneMap.tsx';
import { ListingCard } from '../explore/index.ts';
import type { Route } from './+types/HomePage';
import './messages.ts';
import { HeldPaymentRail } from './parts/HeldPaymentRail.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const { regionId } = context.get(pageContext);
    const search = context.get(apiContext).matching.search({ params: { regionId }, query: { limit: 4 } });
    const [market, { items, facets, total }] = await Promise.all([marketOf(context), search]);
    return {
      city: market.city,
      currency: market.currency,
      places: market.places.map((place) => place.label),
      counts: Object.fromEntries(facets.categories.map(({ categoryId, count }) => [categoryId, count])),
      total,
      items,
      map: mapModel(market),
    };
  });
}

export default function HomePage({ loaderData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { city, currency, places, counts, items, map } = loaderData;
  return (
    <>
      <Title description={t('home.description', { city })}>{t('home.title')}</Title>
      <Page>
        <Hero city={city} currency={currency} places={places} />
        <div className="grid gap-16 pt-4 md:gap-24 md:pt-10">
          <Trades counts={counts} />
          {items.length > 0 && (
            <Section
              title={t('home.best.title', { city })}
              more={<TextLink to={paths.explore()}>{t('home.best.more')}</TextLink>}
            >
              <ol className="grid gap-3 lg:grid-cols-2">
                {items.map((listing) => (
                  <li key={listing.serviceId} className="grid">
                    <ListingCard listing={listing} level="h3" />
                  </li>
                ))}
              </ol>
            </Section>
          )}
          <Promises />
          <Where city={city} map={map} />
          <ForTrades currency={currency} />
        </div>
      </Page>
    </>
  );
}

function Hero({ city, currency, places }: { city: string; currency: string; places: string[] }): ReactNode {
  const t = useT();
  return (
    <div className="grid items-center gap-10 py-10 md:py-16 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:gap-16">
      <div>
        <h1 tabIndex={-1} className="text-36 md:text-48">
          {t('home.hero.title', { city })}
        </h1>
        <p className="mt-4 max-w-form text-18 text-ink-muted">{t('home.hero.lead')}</p>
        <Form
          action={paths.explore()}
          role="search"
          className="mt-8 grid items-end gap-3 rounded-card border border-line bg-sheet p-4 shadow-float sm:grid-cols-[3fr_2fr_auto]"
        >
          <TextField
            name="q"
            type="search"
            label={t('home.search.what')}
            placeholder={t('home.search.what_hint')}
            prefix={<Icon name="search" />}
            enterKeyHint="search"
          />
          <TextField
            name="place"
            label={t('home.search.where')}
            placeholder={t('home.search.where_hint')}
            list="places"
            autoComplete="postal-code"
            prefix={<Icon name="place" />}
          />
          <Button size="large" className="max-sm:w-full sm:min-h-touch sm:px-5 sm:text-16">
            {t('home.search.submit')}
          </Button>
          <datalist id="places">
            {places.map((place) => (
              <option key={place}>{place}</option>
            ))}
          </datalist>
        </Form>
        <p className="mt-4 flex flex-wrap gap-x-4 gap-y-1 text-14 text-ink-muted">
          {(['home.hero.fact.checked', 'home.hero.fact.fee', 'home.hero.fact.no_account'] as const).map((key) => (
            <span key={key} className="inline-flex items-center gap-1.5">
              <Icon name="check" size={16} className="text-good" />
              {t(key)}
            </span>
          ))}
        </p>
      </div>
      <section aria-labelledby="rail-title" className="rounded-sheet border border-line bg-sheet p-6 sm:p-8">
        <h2 id="rail-title" className="mb-5 text-18">
          {t('home.rail.title', { money: t.money({ minor: '12000', currency }, { short: true }) })}
        </h2>
        <HeldPaymentRail currency={currency} />
        <p className="mt-5 text-14">
          <TextLink to={paths.heldPayment()}>{t('home.rail.more')}</TextLink>
        </p>
      </section>
    </div>
  );
}

function Trades({ counts }: { counts: Record<string, { n: number; more: boolean }> }): ReactNode {
  const t = useT();
  return (
    <Section title={t('home.trades.title')}>
      <ul className="grid grid-cols-2 gap-x-3 gap-y-5 sm:grid-cols-3 lg:grid-cols-6 lg:gap-x-4">
        {categoryIds.map((category) => {
          const count = counts[category];
          return (
            <li key={category}>
              <Link to={paths.explore({ category })} prefetch="intent" className="group block rounded-card">
                <CategoryTile
                  category={category}
                  seed="trade"
                  className="aspect-4/3 w-full rounded-card transition-opacity duration-150 group-hover:opacity-85"
                />
                <span className="mt-2 block font-strong group-hover:underline group-hover:underline-offset-4">
                  {t(`category.${category}`)}
                </span>
                {count && count.n > 0 && (
                  <span className="block text-14 text-ink-muted">
                    {count.more
                      ? t('home.trades.more', { n: t.number(count.n) })
                      : t('home.trades.count', { n: count.n })}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

const promises = ['checked', 'held', 'fee'] as const;
const promiseIcons = { checked: 'shield', held: 'card', fee: 'document' } as const;

function Promises(): ReactNode {
  const t = useT();
  return (
    <Section title={t('home.promises.title')}>
      <ul className="grid gap-6 border-t border-line md:grid-cols-3 md:gap-10">
        {promises.map((name) => (
          <li key={name} className="pt-6">
            <Icon name={promiseIcons[name]} size={28} className="text-brass-deep" />
            <h3 className="mt-3 text-18">{t(`home.promise.${name}.title`)}</h3>
            <p className="mt-1.5 text-ink-muted">{t(`home.promise.${name}.text`)}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Where({ city, map }: { city: string; map: MapModel }): ReactNode {
  const t = useT();
  const zoneTo = (slug: string): string => paths.explore({ place: slug });
  return (
    <section className="grid items-center gap-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:gap-16">
      <div>
        <h2 className="text-28">{t('home.where.title', { city })}</h2>
        <p className="mt-2 mb-5 text-ink-muted">{t('home.where.lead', { n: map.zones.length })}</p>
        <ul className="grid grid-cols-2 gap-x-6 border-t border-line">
          {map.zones.map(({ id, slug, name }) => (
            <li key={id} className="border-b border-line">
              <Link to={zoneTo(slug)} className="flex min-h-touch items-center justify-between gap-2 hover:text-action">
                {name}
                <Icon name="arrow-end" size={16} className="text-ink-muted rtl:-scale-x-100" />
              </Link>
            </li>
          ))}
        </ul>
      </div>
      <ZoneMap
        place={city}
        shapes={map.shapes}
        view={map.whole}
        zones={map.zones.map(({ id, slug, name, at }) => ({ id, name, at, to: zoneTo(slug) }))}
        attribution={[t('ui.map.credit')]}
      />
    </section>
  );
}

function ForTrades({ currency }: { currency: string }): ReactNode {
  const t = useT();
  const money = (minor: string): string => t.money({ minor, currency });
  return (
    <section className="grid gap-8 rounded-sheet border border-line bg-sheet p-6 sm:p-10 lg:grid-cols-2 lg:gap-16">
      <div>
        <h2 className="text-28">{t('home.offer.title')}</h2>
        <p className="mt-3 text-ink-muted md:text-18">{t('home.offer.lead')}</p>
        <div className="mt-6 flex flex-wrap gap-3">
          <LinkButton to={paths.signUp({ as: 'provider' })} tone="quiet">
            {t('home.offer.act')}
          </LinkButton>
        </div>
      </div>
      <div>
        <h3 className="mb-3 text-16">{t('home.offer.example', { money: money('12000') })}</h3>
        <Sums
          rows={[
            {
              label: t('home.offer.price'),
              note: t('home.offer.price_note', { money: money('2000') }),
              amount: money('12000'),
            },
            {
              label: t('home.offer.commission'),
              note: t('home.offer.commission_note', { money: money('10000') }),
              amount: money('-1200'),
            },
            { label: t('home.offer.vat'), amount: money('-240') },
            { label: t('home.offer.net'), amount: money('10560'), strong: true },
          ]}
        />
      </div>
    </section>
  );
}
