import type { Facets } from '@plumbline/contracts/matching';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Form, useLocation, useSubmit } from 'react-router';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { SelectField, TextField } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { changed, dayParts, filterCount, type Search } from '../query.ts';
import { Filters } from './Filters.tsx';

interface SearchFormProps {
  search: Search;
  facets: Facets;
  places: string[];
  /** Today in the market's zone: nobody books yesterday. */
  today: string;
  placeError?: string | undefined;
}

/**
 * The whole search as one GET form: it works without JavaScript, and every answer has an address. With JavaScript a
 * filter that is touched asks at once.
 */
export function SearchForm({ search, facets, places, today, placeError }: SearchFormProps): ReactNode {
  const submit = useSubmit();
  const address = useLocation().search;
  const [asked, setAsked] = useState({ address: '', key: '' });
  // Another search (a link, the way back) is another form. What the form itself asked leaves it as it is, with the focus.
  const key = asked.address === address ? asked.key : address;

  function ask(event: FormEvent<HTMLFormElement>): void {
    // Words and places are asked for by the button; a chosen filter asks by itself.
    if (!(event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement)) return;
    if (event.target.type === 'search' || event.target.type === 'text') return;
    const query = queryOf(event.currentTarget);
    setAsked({ address: `?${query.toString()}`, key });
    void submit(query, { action: paths.explore(), replace: true, preventScrollReset: true });
  }

  return (
    <Form action={paths.explore()} role="search" onChange={ask} key={key}>
      <Questions search={search} places={places} today={today} placeError={placeError} />
      {search.sort && <input type="hidden" name="sort" value={search.sort} />}
      {search.bbox && <input type="hidden" name="bbox" value={search.bbox} />}
      <FilterPanel search={search} facets={facets} />
    </Form>
  );
}

function queryOf(form: HTMLFormElement): URLSearchParams {
  const texts = [...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return new URLSearchParams(texts);
}

function Questions({ search, places, today, placeError }: Omit<SearchFormProps, 'facets'>): ReactNode {
  const t = useT();
  return (
    <div className="grid items-end gap-3 rounded-card border border-line bg-sheet p-4 grid-cols-2 lg:grid-cols-[1.6fr_1.2fr_1fr_1.2fr_auto]">
      <TextField
        name="q"
        frameClass="max-sm:col-span-2"
        type="search"
        label={t('explore.search.what')}
        placeholder={t('explore.search.what_hint')}
        defaultValue={search.q}
        prefix={<Icon name="search" />}
        enterKeyHint="search"
      />
      <TextField
        name="place"
        frameClass="max-sm:col-span-2"
        label={t('explore.search.where')}
        placeholder={t('explore.search.where_hint')}
        defaultValue={search.place}
        error={placeError}
        list="places"
        autoComplete="postal-code"
        prefix={<Icon name="place" />}
      />
      <TextField name="date" type="date" label={t('explore.search.when')} min={today} defaultValue={search.date} />
      <SelectField
        name="part"
        label={t('explore.search.part')}
        empty={t('explore.search.part.any')}
        defaultValue={search.part ?? ''}
        options={Object.keys(dayParts).map((part) => ({
          value: part,
          label: t(`explore.search.part.${part as keyof typeof dayParts}`),
        }))}
      />
      <Button className="max-lg:col-span-2">{t('explore.search.submit')}</Button>
      <datalist id="places">
        {places.map((place) => (
          <option key={place}>{place}</option>
        ))}
      </datalist>
    </div>
  );
}

function FilterPanel({ search, facets }: Pick<SearchFormProps, 'search' | 'facets'>): ReactNode {
  const t = useT();
  const filters = filterCount(search);
  return (
    <details className="group mt-3">
      <summary className="inline-flex min-h-10 list-none items-center gap-2 rounded-full border border-line-strong bg-sheet px-4 text-14 font-strong hover:bg-sunk [&::-webkit-details-marker]:hidden">
        <Icon name="filter" size={18} />
        {filters > 0 ? t('explore.filters.on', { n: filters }) : t('explore.filters')}
        <Icon name="chevron-down" size={16} className="transition-transform duration-150 group-open:rotate-180" />
      </summary>
      <div className="mt-3 rounded-card border border-line bg-sheet p-5">
        <Filters search={search} facets={facets} />
        <div className="mt-5 flex flex-wrap gap-x-5 gap-y-3 border-t border-line pt-4">
          <Button size="small">{t('explore.filters.apply')}</Button>
          {filters > 0 && (
            <LinkButton to={paths.explore(cleared(search))} tone="plain">
              {t('explore.filters.clear')}
            </LinkButton>
          )}
        </div>
      </div>
    </details>
  );
}

export const cleared = (search: Search) =>
  changed(search, {
    category: undefined,
    date: undefined,
    part: undefined,
    priceMax: undefined,
    ratingMin: undefined,
    insured: undefined,
    onDemand: undefined,
  });
