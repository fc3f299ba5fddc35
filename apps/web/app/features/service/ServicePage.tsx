import type { SlotDays } from '@plumbline/contracts/booking';
import type { ServicePage as Service } from '@plumbline/contracts/matching';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { apiContext, pageContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { load, unless } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { LinkButton, TextLink } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { ActionBar, BackLink, Card, Page, Section } from '../../ui/Layout.tsx';
import { Monogram } from '../../ui/Monogram.tsx';
import { Chip } from '../../ui/Signs.tsx';
import { Rating, ZonedTime } from '../../ui/Text.tsx';
import { Title } from '../../ui/Title.tsx';
import { CategoryTile } from '../../ui/tile/CategoryTile.tsx';
import { priceText } from '../explore/index.ts';
import type { Route } from './+types/ServicePage';
import './messages.ts';
import { BadgeList } from './parts/BadgeList.tsx';
import { durationText } from './parts/words.ts';

export function loader({ context, params, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { regionId } = context.get(pageContext);
    const search = new URL(request.url).searchParams;
    const at = { regionId, serviceId: params.serviceId };
    // Free times belong to the page, but a page without them is still worth reading.
    const [service, slots] = await Promise.all([
      api.matching.service({ params: at }),
      unless(['access.not_found', 'booking.hours_invalid'], api.booking.slots({ params: at, query: { days: 14 } })),
    ]);
    return { service, slots: slots ?? null, keep: { place: search.get('place'), date: search.get('date') } };
  });
}

export default function ServicePage({ loaderData: { service, slots, keep } }: Route.ComponentProps): ReactNode {
  const t = useT();
  return (
    <Page>
      <Title description={service.summary}>{`${service.title}, ${service.provider.name}`}</Title>
      <div className="pt-6">
        <BackLink
          to={paths.explore({ category: service.categoryId, ...keep })}
          label={t(`category.${service.categoryId}`)}
        />
      </div>
      <CategoryTile
        category={service.categoryId}
        seed={service.serviceId}
        columns={14}
        rows={3}
        className="h-28 w-full rounded-card sm:h-40"
      />
      <div className="mt-6 grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-14">
        <div className="grid min-w-0 gap-10">
          <Head service={service} />
          <About service={service} />
          {service.packages.length > 0 && <Packages service={service} />}
          <Company service={service} />
          <Where service={service} />
        </div>
        <div className="lg:sticky lg:top-28">
          <BookingCard service={service} slots={slots} date={keep.date} />
        </div>
      </div>
      <div className="lg:hidden">
        <ActionBar>
          <PriceLine service={service} />
          <MainAct service={service} />
        </ActionBar>
      </div>
    </Page>
  );
}

function Head({ service }: { service: Service }): ReactNode {
  const t = useT();
  return (
    <div>
      <h1 tabIndex={-1} className="text-28 md:text-36">
        {service.title}
      </h1>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <TextLink to={paths.provider(service.provider.slug)} className="font-medium">
          {service.provider.name}
        </TextLink>
        <Rating value={service.rating?.average} count={service.rating?.count ?? 0} />
        {service.baseZone && (
          <span className="inline-flex items-center gap-1 text-14 text-ink-muted">
            <Icon name="place" size={16} />
            {t('service.based_in', { zone: service.baseZone.name })}
          </span>
        )}
      </div>
      <div className="mt-4">
        <BadgeList badges={service.badges} zone={service.timeZone} />
      </div>
    </div>
  );
}

function About({ service }: { service: Service }): ReactNode {
  const t = useT();
  return (
    <Section title={t('service.about.title')}>
      <div className="grid max-w-prose gap-4">
        {service.description.split(/\n{2,}/).map((paragraph) => (
          <p key={paragraph} dir="auto" className="whitespace-pre-line">
            {paragraph}
          </p>
        ))}
      </div>
      {service.includes.length > 0 && (
        <>
          <h3 className="mt-6 text-16">{t('service.includes.title')}</h3>
          <ul className="mt-2 grid gap-2">
            {service.includes.map((line) => (
              <li key={line} className="flex gap-2.5">
                <Icon name="check" className="mt-0.5 text-good" />
                {line}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

function Packages({ service }: { service: Service }): ReactNode {
  const t = useT();
  return (
    <Section title={t('service.packages.title')}>
      <ul className="grid gap-3 sm:grid-cols-2">
        {service.packages.map((item) => (
          <li
            key={item.packageId}
            className="relative rounded-card border border-line bg-sheet p-5 hover:border-line-strong"
          >
            <div className="flex items-baseline justify-between gap-4">
              <h3 className="text-16">
                <Link
                  to={paths.book(service.serviceId, { packageId: item.packageId })}
                  className="before:absolute before:inset-0 before:rounded-card"
                >
                  {item.name}
                </Link>
              </h3>
              <span className="heading text-18 tabular-nums">{t.money(item.amount, { short: true })}</span>
            </div>
            <p className="text-14 text-ink-muted">{durationText(t, item.durationMinutes)}</p>
            <p className="mt-2 text-14">{item.description}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Company({ service }: { service: Service }): ReactNode {
  const t = useT();
  const { provider } = service;
  const facts = [
    service.answersWithinHour !== null && t('service.company.answers', { percent: service.answersWithinHour }),
    service.finishesWork !== null && t('service.company.finishes', { percent: service.finishesWork }),
    t('service.company.team', { n: service.teamSize }),
    provider.foundedYear !== null && t('service.company.since', { year: String(provider.foundedYear) }),
  ].filter((fact) => fact !== false);
  return (
    <Section title={t('service.company.title')}>
      <div className="flex gap-4">
        <Monogram name={provider.name} seed={provider.organisationId} size="normal" />
        <div>
          <TextLink to={paths.provider(provider.slug)} className="font-strong">
            {provider.name}
          </TextLink>
          {provider.tagline && (
            <p className="text-ink-muted">
              <bdi>{provider.tagline}</bdi>
            </p>
          )}
          <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-14 text-ink-muted">
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </div>
      </div>
    </Section>
  );
}

function Where({ service }: { service: Service }): ReactNode {
  const t = useT();
  return (
    <Section title={t('service.where.title')}>
      <ul className="flex max-w-prose flex-wrap gap-2">
        {service.zones.map((zone) => (
          <li key={zone.zoneId}>
            <Chip icon="place">{zone.name}</Chip>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-14 text-ink-muted">{t('service.where.note')}</p>
    </Section>
  );
}

function PriceLine({ service }: { service: Service }): ReactNode {
  const t = useT();
  return (
    <p className="leading-tight">
      <span className="heading text-22 tabular-nums">{priceText(t, service.price)}</span>
      {service.price.amount && (
        <span className="block text-14 text-ink-muted">
          {t(service.vatIncluded ? 'service.price.vat' : 'service.price.no_vat')}
        </span>
      )}
    </p>
  );
}

function MainAct({ service, wide }: { service: Service; wide?: boolean }): ReactNode {
  const t = useT();
  if (service.can.edit) {
    return (
      <LinkButton to={paths.studioPart('service')} tone="quiet" wide={wide ?? false}>
        {t('service.act.edit')}
      </LinkButton>
    );
  }
  if (service.price.kind === 'quote') {
    return (
      <LinkButton to={paths.askQuote(service.serviceId)} wide={wide ?? false}>
        {t('service.act.quote')}
      </LinkButton>
    );
  }
  return (
    <LinkButton to={paths.book(service.serviceId)} wide={wide ?? false}>
      {t('service.act.book')}
    </LinkButton>
  );
}

function BookingCard({
  service,
  slots,
  date,
}: {
  service: Service;
  slots: SlotDays | null;
  date: string | null;
}): ReactNode {
  const t = useT();
  const quote = service.price.kind === 'quote';
  return (
    <Card className="grid gap-4">
      <div className="max-lg:hidden">
        <PriceLine service={service} />
      </div>
      <p className="text-14 text-ink-muted">
        {service.price.kind === 'hourly' ? t('service.hours_note') : durationText(t, service.durationMinutes)}
      </p>
      {!quote && <QuickSlots service={service} slots={slots} date={date} />}
      <div className="max-lg:hidden">
        <MainAct service={service} wide />
      </div>
      <p className="border-t border-line pt-4 text-14 text-ink-muted">
        {quote ? t('service.held.quote') : t('service.held', { provider: service.provider.name })}{' '}
        <TextLink to={paths.heldPayment()}>{t('service.held.more')}</TextLink>
      </p>
    </Card>
  );
}

/** The first free starts, ready to be taken; on the day that was searched for, if there are any then. */
function QuickSlots({
  service,
  slots,
  date,
}: {
  service: Service;
  slots: SlotDays | null;
  date: string | null;
}): ReactNode {
  const t = useT();
  const days = slots?.days ?? [];
  const wanted = days.filter((day) => day.date === date && day.slots.length > 0);
  const first = (wanted.length > 0 ? wanted : days).flatMap((day) => day.slots).slice(0, 4);
  if (first.length === 0) return <p className="text-14">{t('service.slots.none')}</p>;
  return (
    <div>
      <h2 className="mb-2 text-16">{t('service.slots.title')}</h2>
      <ul className="grid gap-2">
        {first.map(({ start }) => (
          <li key={start.at}>
            <Link
              to={paths.book(service.serviceId, { start: start.at })}
              className="flex min-h-touch items-center justify-between rounded-control border border-line px-3 text-14 hover:border-action hover:bg-action-soft"
            >
              <ZonedTime moment={start} zone={false} className="font-medium" />
              <Icon name="arrow-end" size={16} className="text-ink-muted rtl:-scale-x-100" />
            </Link>
          </li>
        ))}
      </ul>
      <p className="mt-2 text-12 text-ink-muted">{t('service.slots.zone', { zone: t.zone(service.timeZone) })}</p>
    </div>
  );
}
