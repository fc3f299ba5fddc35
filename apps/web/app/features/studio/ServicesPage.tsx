import type { OwnServiceRow } from '@plumbline/contracts/catalogue';
import { listingStates } from '@plumbline/domain/listing';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { companyFor } from '../../lib/company.ts';
import { apiContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Pager } from '../../ui/Pager.tsx';
import { LinkChip, StatusBadge } from '../../ui/Signs.tsx';
import { CategoryTile } from '../../ui/tile/CategoryTile.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import { durationText } from '../service/index.ts';
import type { Route } from './+types/ServicesPage';
import './messages.ts';
import { listingTone, ownPriceText } from './parts/listing.ts';
import { StudioFrame } from './parts/StudioForm.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { organisationId } = await companyFor(api);
    const search = new URL(request.url).searchParams;
    const state = listingStates.find((one) => one === search.get('state'));
    const cursor = search.get('cursor') ?? undefined;
    const query = { limit: 20, ...(state && { state }), ...(cursor && { cursor }) };
    const page = await api.catalogue.services({ params: { organisationId }, query });
    return { page, state: state ?? null, cursor: cursor ?? null };
  });
}

export default function ServicesPage({ loaderData: { page, state, cursor } }: Route.ComponentProps): ReactNode {
  const t = useT();
  const add = <LinkButton to={paths.newService()}>{t('studio.services.new')}</LinkButton>;
  const empty = page.items.length === 0;
  return (
    <StudioFrame
      title={t('studio.services.title')}
      lead={t('studio.services.lead')}
      action={empty && !state ? undefined : add}
    >
      {(!empty || state) && (
        <nav aria-label={t('studio.services.filter')} className="mb-5 flex flex-wrap gap-2">
          <LinkChip to={paths.studioPart('service')} selected={state === null}>
            {t('studio.services.all')}
          </LinkChip>
          {listingStates.map((one) => (
            <LinkChip key={one} to={paths.studioPart('service', { state: one })} selected={state === one}>
              {t(`studio.listing.${one}`)}
            </LinkChip>
          ))}
        </nav>
      )}
      {empty ? (
        <EmptyState drawing="work" title={t('studio.services.empty')} action={add}>
          <p>{t('studio.services.empty.text')}</p>
        </EmptyState>
      ) : (
        <ol className="grid gap-3">
          {page.items.map((service) => (
            <Row key={service.serviceId} service={service} />
          ))}
        </ol>
      )}
      <Pager
        next={page.next && paths.studioPart('service', { state, cursor: page.next })}
        first={cursor ? paths.studioPart('service', { state }) : undefined}
      />
    </StudioFrame>
  );
}

function Row({ service }: { service: OwnServiceRow }): ReactNode {
  const t = useT();
  return (
    <li className="relative flex gap-4 rounded-card border border-line bg-sheet p-3 hover:border-line-strong sm:p-4">
      <CategoryTile
        category={service.categoryId}
        seed={service.serviceId}
        columns={3}
        rows={3}
        className="size-18 shrink-0 rounded-control"
      />
      <div className="flex min-w-0 flex-1 flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 className="text-16">
            <Link
              to={paths.ownService(service.serviceId)}
              prefetch="intent"
              className="before:absolute before:inset-0 before:rounded-card hover:underline hover:underline-offset-4"
            >
              {service.title}
            </Link>
          </h2>
          <p className="text-14 text-ink-muted">
            {[
              t(`category.${service.categoryId}`),
              ownPriceText(t, service.price),
              durationText(t, service.durationMinutes),
            ].join(' · ')}
          </p>
        </div>
        <StatusBadge tone={listingTone(service.state)}>{t(`studio.listing.${service.state}`)}</StatusBadge>
      </div>
    </li>
  );
}
