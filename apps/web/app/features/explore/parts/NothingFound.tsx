import type { SearchReply } from '@plumbline/contracts/matching';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/Wait.tsx';
import { changed, filterCount, type Search } from '../query.ts';
import { cleared } from './SearchForm.tsx';
import { distanceText } from './words.ts';

/** Nobody: the nearest zone that has somebody, or fewer filters, or other words. Never a dead end. */
export function NothingFound({ search, reply }: { search: Search; reply: SearchReply }): ReactNode {
  const t = useT();
  const nearest = reply.nearestWithResults;
  const filters = filterCount(search) > 0 || Boolean(search.bbox);
  const all = paths.explore({ place: search.place });
  return (
    <EmptyState
      drawing={nearest ? 'map' : 'search'}
      title={t('explore.empty.title')}
      action={
        <div className="flex flex-wrap justify-center gap-3">
          {nearest && (
            <LinkButton to={paths.explore(changed(search, { place: nearest.slug, bbox: undefined }))}>
              {t('explore.empty.nearest_act', { zone: nearest.name })}
            </LinkButton>
          )}
          {filters ? (
            <LinkButton to={paths.explore({ ...cleared(search), bbox: undefined })} tone={nearest ? 'quiet' : 'action'}>
              {t('explore.empty.filters_act')}
            </LinkButton>
          ) : (
            !nearest && <LinkButton to={all}>{t('explore.empty.none_act')}</LinkButton>
          )}
        </div>
      }
    >
      {nearest && (
        <p>
          {t('explore.empty.nearest', {
            zone: nearest.name,
            distance: distanceText(t, nearest.metres),
            count: nearest.count.more
              ? t('explore.total_more', { n: nearest.count.n })
              : t('explore.total', { n: nearest.count.n }),
          })}
        </p>
      )}
      {!nearest && <p>{filters ? t('explore.empty.filters') : t('explore.empty.none')}</p>}
    </EmptyState>
  );
}
