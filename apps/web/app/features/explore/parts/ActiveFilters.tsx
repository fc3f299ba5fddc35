import type { MessageKey } from '@plumbline/i18n';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { LinkChip } from '../../../ui/Signs.tsx';
import { changed, sortNames, type Search } from '../query.ts';

interface Active {
  label: string;
  without: Partial<Search>;
}

/** The filters that are on, each a link that takes it away. */
export function ActiveFilters({
  search,
  currency,
  zone,
}: {
  search: Search;
  currency: string;
  zone: string;
}): ReactNode {
  const t = useT();
  const active: Active[] = [];
  const add = (on: unknown, label: () => string, ...names: (keyof Search)[]): void => {
    if (on) active.push({ label: label(), without: Object.fromEntries(names.map((name) => [name, undefined])) });
  };
  add(search.category, () => t(`category.${search.category}` as MessageKey), 'category');
  add(
    search.date,
    () => t('explore.filter.date', { date: t.day({ at: `${search.date}T12:00:00Z`, zone }) }),
    'date',
    'part',
  );
  add(
    search.priceMax,
    () =>
      t('explore.filter.price.max', { money: t.money({ minor: search.priceMax ?? '0', currency }, { short: true }) }),
    'priceMax',
  );
  add(search.ratingMin, () => t('explore.filter.rating.min', { n: search.ratingMin ?? '' }), 'ratingMin');
  add(search.insured, () => t('explore.filter.insured'), 'insured');
  add(search.onDemand, () => t('explore.filter.on_demand'), 'onDemand');
  add(search.bbox, () => t('explore.filter.area'), 'bbox');
  if (active.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-2">
      {active.map(({ label, without }) => (
        <li key={label}>
          <LinkChip
            to={paths.explore(changed(search, without))}
            selected
            aria-label={t('explore.filter.remove', { filter: label })}
            preventScrollReset
          >
            {label}
            <Icon name="cross" size={14} />
          </LinkChip>
        </li>
      ))}
    </ul>
  );
}

export function Sorts({ search, hasPlace }: { search: Search; hasPlace: boolean }): ReactNode {
  const t = useT();
  const now = search.sort ?? 'best';
  return (
    <nav
      aria-label={t('explore.sort')}
      className="-mx-4 overflow-x-auto px-4 [scrollbar-width:none] max-sm:w-[calc(100%+2rem)] sm:mx-0 sm:px-0"
    >
      <ul className="flex gap-1">
        {sortNames
          .filter((name) => name !== 'distance' || hasPlace)
          .map((name) => (
            <li key={name}>
              <LinkChip
                to={paths.explore(changed(search, { sort: name === 'best' ? undefined : name }))}
                selected={name === now}
                preventScrollReset
                className={name === now ? undefined : 'border-transparent bg-transparent'}
              >
                {t(`explore.sort.${name}`)}
              </LinkChip>
            </li>
          ))}
      </ul>
    </nav>
  );
}
