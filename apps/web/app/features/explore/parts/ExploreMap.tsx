import type { SearchReply } from '@plumbline/contracts/matching';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { useT } from '../../../lib/i18n.tsx';
import { bboxOf, project, viewAround, viewOfBbox } from '../../../lib/map.ts';
import type { MapModel } from '../../../lib/mapModel.ts';
import { paths } from '../../../paths.ts';
import { LinkChip } from '../../../ui/Signs.tsx';
import { ZoneMap, type MapView } from '../../../ui/ZoneMap.tsx';
import { changed, type Search } from '../query.ts';
import { priceText } from './words.ts';

interface ExploreMapProps {
  map: MapModel;
  search: Search;
  reply: SearchReply;
  active: string | undefined;
  onActive: (serviceId: string | undefined) => void;
}

/** The same results on the map. Moving it moves the list: both live in the address. The zones also stand in a list. */
export function ExploreMap({ map, search, reply, active, onActive }: ExploreMapProps): ReactNode {
  const t = useT();
  const navigate = useNavigate();
  const { point, zone } = reply.understood;
  const around = point ? viewAround(map.projection, point, 9) : map.whole;
  const view = (search.bbox && viewOfBbox(map.projection, search.bbox)) || around;
  const viewTo = (next: MapView): string => paths.explore(changed(search, { bbox: bboxOf(map.projection, next) }));
  const zoneTo = (slug: string): string => paths.explore(changed(search, { place: slug, bbox: undefined }));
  return (
    <section aria-label={t('explore.map')} className="lg:sticky lg:top-24">
      <ZoneMap
        place={map.city}
        shapes={map.shapes}
        view={view}
        whole={{ view: map.whole, to: paths.explore(changed(search, { bbox: undefined })) }}
        viewTo={viewTo}
        onMove={(next) => void navigate(viewTo(next), { replace: true, preventScrollReset: true })}
        zones={map.zones.map(({ id, slug, name, at }) => ({
          id,
          name,
          at,
          to: zoneTo(slug),
          selected: zone?.zoneId === id,
        }))}
        pins={reply.items.map((item) => ({
          id: item.serviceId,
          ...project(map.projection, item.point),
          label: item.price.amount ? t.money(item.price.amount, { short: true }) : '?',
          name: t('explore.pin', { title: item.title, provider: item.provider.name, price: priceText(t, item.price) }),
          to: paths.service(item.serviceId, { place: search.place, date: search.date }),
        }))}
        point={point ? project(map.projection, point) : undefined}
        active={active}
        onActive={onActive}
        attribution={[t('ui.map.credit')]}
      />
      <details className="mt-3">
        <summary className="inline-flex min-h-9 items-center text-14 font-medium text-action">
          {t('explore.map.zones')}
        </summary>
        <ul className="mt-2 flex flex-wrap gap-2">
          {map.zones.map(({ id, slug, name }) => (
            <li key={id}>
              <LinkChip to={zoneTo(slug)} selected={zone?.zoneId === id} preventScrollReset>
                {name}
              </LinkChip>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
