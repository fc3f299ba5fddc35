import type { Count, Facets } from '@plumbline/contracts/matching';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { Check, Choice } from '../../../ui/Field.tsx';
import type { Search } from '../query.ts';
import { countText } from './words.ts';

/** Every filter says how many it would leave; what would leave nobody cannot be chosen. */
export function Filters({ search, facets }: { search: Search; facets: Facets }): ReactNode {
  const t = useT();
  const note = (count: Count): string => countText(t, count);
  const none = (count: Count): boolean => count.n === 0;
  return (
    <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1fr]">
      <Choice legend={t('explore.filter.category')} name="category">
        <div className="grid gap-x-8 lg:grid-cols-2">
          <Check
            type="radio"
            name="category"
            value=""
            label={t('explore.filter.category.any')}
            defaultChecked={!search.category}
          />
          {facets.categories.map(({ categoryId, count }) => (
            <Check
              key={categoryId}
              type="radio"
              name="category"
              value={categoryId}
              label={t(`category.${categoryId}`)}
              note={note(count)}
              disabled={none(count) && search.category !== categoryId}
              defaultChecked={search.category === categoryId}
            />
          ))}
        </div>
      </Choice>
      <PriceFilter search={search} facets={facets} />
      <RatingFilter search={search} facets={facets} />
      <Choice legend={t('explore.filter.more')} name="insured">
        <Check
          name="insured"
          value="true"
          label={t('explore.filter.insured')}
          note={note(facets.insured)}
          disabled={none(facets.insured) && !search.insured}
          defaultChecked={Boolean(search.insured)}
        />
        <Check
          name="onDemand"
          value="true"
          label={t('explore.filter.on_demand')}
          defaultChecked={Boolean(search.onDemand)}
        />
      </Choice>
    </div>
  );
}

interface FilterProps {
  search: Search;
  facets: Facets;
}

function PriceFilter({ search, facets }: FilterProps): ReactNode {
  const t = useT();
  return (
    <Choice legend={t('explore.filter.price')} name="priceMax">
      <Check
        type="radio"
        name="priceMax"
        value=""
        label={t('explore.filter.price.any')}
        defaultChecked={!search.priceMax}
      />
      {facets.prices.map(({ max, count }) => (
        <Check
          key={max.minor}
          type="radio"
          name="priceMax"
          value={max.minor}
          label={t.money(max, { short: true })}
          note={countText(t, count)}
          disabled={count.n === 0 && search.priceMax !== max.minor}
          defaultChecked={search.priceMax === max.minor}
        />
      ))}
    </Choice>
  );
}

function RatingFilter({ search, facets }: FilterProps): ReactNode {
  const t = useT();
  return (
    <Choice legend={t('explore.filter.rating')} name="ratingMin">
      <Check
        type="radio"
        name="ratingMin"
        value=""
        label={t('explore.filter.rating.any')}
        defaultChecked={!search.ratingMin}
      />
      {facets.ratings.map(({ min, count }) => (
        <Check
          key={min}
          type="radio"
          name="ratingMin"
          value={String(min)}
          label={t('explore.filter.rating.min', { n: t.number(min) })}
          note={countText(t, count)}
          disabled={count.n === 0 && search.ratingMin !== String(min)}
          defaultChecked={search.ratingMin === String(min)}
        />
      ))}
    </Choice>
  );
}
