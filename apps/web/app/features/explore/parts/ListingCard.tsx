import type { ListingCard as Listing } from '@plumbline/contracts/matching';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useT } from '../../../lib/i18n.tsx';
import { paths, type Query } from '../../../paths.ts';
import { cx } from '../../../ui/cx.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Chip } from '../../../ui/Signs.tsx';
import { Rating, ZonedTime } from '../../../ui/Text.tsx';
import { CategoryTile } from '../../../ui/tile/CategoryTile.tsx';
import { distanceText, reasonText } from './words.ts';

interface ListingCardProps {
  listing: Listing;
  /** What the service page should keep of the search: place, date. */
  keep?: Query;
  /** Leaves the company out, on its own page. */
  ownPage?: boolean;
  level?: 'h2' | 'h3';
  active?: boolean;
  onActive?: (serviceId: string | undefined) => void;
}

const nothing: Query = {};

/** One result. The whole card is the link; its words come in the order in which people decide. */
export function ListingCard({
  listing,
  keep = nothing,
  ownPage = false,
  level: Heading = 'h2',
  active,
  onActive,
}: ListingCardProps): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- hovering only points at the pin; the link in it does the work
    <article
      onMouseEnter={() => onActive?.(listing.serviceId)}
      onMouseLeave={() => onActive?.(undefined)}
      className={cx(
        'group relative flex gap-4 rounded-card border bg-sheet p-3 transition-[border-color] duration-150 hover:border-line-strong sm:gap-5 sm:p-4',
        active ? 'border-line-strong' : 'border-line',
      )}
    >
      <CategoryTile
        category={listing.categoryId}
        seed={listing.serviceId}
        columns={3}
        rows={3}
        className="size-22 shrink-0 self-start rounded-control sm:size-34"
      />
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex items-start justify-between gap-4 max-sm:flex-col max-sm:gap-1">
          <div className="min-w-0">
            <Heading className="text-18 leading-snug">
              <Link
                to={paths.service(listing.serviceId, keep)}
                prefetch="intent"
                className="before:absolute before:inset-0 before:rounded-card group-hover:underline group-hover:decoration-1 group-hover:underline-offset-4"
              >
                {listing.title}
              </Link>
            </Heading>
            {!ownPage && <p className="text-14 text-ink-muted">{listing.provider.name}</p>}
          </div>
          <Price listing={listing} />
        </div>
        <Marks listing={listing} />
        <Badges listing={listing} />
        <Foot listing={listing} />
      </div>
    </article>
  );
}

function Marks({ listing }: { listing: Listing }): ReactNode {
  const t = useT();
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-14">
      <Rating value={listing.rating?.average} count={listing.rating?.count ?? 0} />
      {listing.metres !== null && (
        <span className="inline-flex items-center gap-1 text-ink-muted">
          <Icon name="place" size={16} />
          {distanceText(t, listing.metres)}
        </span>
      )}
      {listing.onDemand && (
        <span className="inline-flex items-center gap-1 text-ink-muted">
          <Icon name="bolt" size={16} />
          {t('explore.on_demand')}
        </span>
      )}
    </div>
  );
}

function Price({ listing: { price } }: { listing: Listing }): ReactNode {
  const t = useT();
  if (!price.amount) return <p className="shrink-0 text-14 font-medium text-ink-muted">{t('explore.price.ask')}</p>;
  return (
    <p className="shrink-0 leading-tight sm:text-end">
      <span className="heading text-18 tabular-nums sm:text-22">{t.money(price.amount, { short: true })}</span>
      <span className="text-14 text-ink-muted max-sm:ms-1 sm:block">{t(`explore.price.per.${price.per}`)}</span>
    </p>
  );
}

function Badges({ listing }: { listing: Listing }): ReactNode {
  const t = useT();
  if (listing.badges.length === 0) return null;
  return (
    <ul className="mt-2 flex flex-wrap gap-1.5 max-sm:hidden">
      {listing.badges.slice(0, 3).map(({ kind }) => (
        <li key={kind}>
          <Chip icon="shield">{t(`trust.badge.${kind}`)}</Chip>
        </li>
      ))}
    </ul>
  );
}

function Foot({ listing }: { listing: Listing }): ReactNode {
  const t = useT();
  const why = listing.why.map((reason) => reasonText(t, reason));
  return (
    <div className="mt-auto pt-2 text-14">
      {why.length > 0 && (
        <p>
          <span className="me-1.5 font-strong text-brass-ink">{t('explore.why.title')}</span>
          <span className="text-ink-muted">{why.join(' · ')}</span>
        </p>
      )}
      {listing.nextFree && !listing.why.some(({ code }) => code.startsWith('free_')) && (
        <p className="text-ink-muted">
          {t('explore.next_free')} <ZonedTime moment={listing.nextFree} zone={false} className="font-medium text-ink" />
        </p>
      )}
    </div>
  );
}
