import type { Translator } from '@plumbline/i18n/translator';
import type { ProviderFront } from '@plumbline/contracts/matching';
import type { ReactNode } from 'react';
import { apiContext, pageContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { BackLink, Card, Facts, Page, Section } from '../../ui/Layout.tsx';
import { Monogram } from '../../ui/Monogram.tsx';
import { Rating } from '../../ui/Text.tsx';
import { Title } from '../../ui/Title.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import { ListingCard } from '../explore/index.ts';
import { BadgeList } from '../service/index.ts';
import type { Route } from './+types/CompanyPage';
import './messages.ts';

export function loader({ context, params, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const { regionId } = context.get(pageContext);
    return context.get(apiContext).matching.provider({ params: { regionId, slug: params.slug } });
  });
}

export default function CompanyPage({ loaderData: front }: Route.ComponentProps): ReactNode {
  const t = useT();
  return (
    <Page>
      <Title description={front.tagline}>{front.name}</Title>
      <div className="pt-6">
        <BackLink to={paths.explore()} label={t('provider.back')} />
      </div>
      <Head front={front} />
      <div className="mt-10 grid items-start gap-10 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-14">
        <Section title={t('provider.services.title', { name: front.name })}>
          <Services front={front} />
        </Section>
        <About front={front} />
      </div>
    </Page>
  );
}

function Head({ front }: { front: ProviderFront }): ReactNode {
  const t = useT();
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
      <Monogram name={front.name} seed={front.organisationId} size="large" />
      <div className="min-w-0 flex-1 basis-72">
        <h1 tabIndex={-1} className="text-28 md:text-36">
          {front.name}
        </h1>
        {front.tagline && (
          <p className="mt-1 text-18 text-ink-muted">
            <bdi>{front.tagline}</bdi>
          </p>
        )}
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
          <Rating value={front.rating?.average} count={front.rating?.count ?? 0} />
          <BadgeList badges={front.badges} zone={front.timeZone} />
        </div>
      </div>
      {front.can.edit && (
        <LinkButton to={paths.studio()} tone="quiet">
          {t('provider.edit')}
        </LinkButton>
      )}
    </div>
  );
}

function Services({ front }: { front: ProviderFront }): ReactNode {
  const t = useT();
  if (front.services.length === 0) {
    return (
      <EmptyState
        drawing="work"
        title={t('provider.services.none', { name: front.name })}
        action={<LinkButton to={paths.explore()}>{t('provider.services.none_act')}</LinkButton>}
      />
    );
  }
  return (
    <ol className="grid gap-3">
      {front.services.map((listing) => (
        <li key={listing.serviceId}>
          <ListingCard listing={listing} level="h3" ownPage />
        </li>
      ))}
    </ol>
  );
}

function About({ front }: { front: ProviderFront }): ReactNode {
  const t = useT();
  const facts = [
    { label: t('provider.fact.where'), value: t.list(front.zones.map((zone) => zone.name)) },
    front.baseZone !== null && { label: t('provider.fact.base'), value: front.baseZone.name },
    { label: t('provider.fact.team'), value: t('provider.fact.team.value', { n: front.teamSize }) },
    front.foundedYear !== null && { label: t('provider.fact.since'), value: String(front.foundedYear) },
    front.languages.length > 0 && {
      label: t('provider.fact.languages'),
      value: t.list(
        t.sorted(
          front.languages.map((code) => languageName(code, t)),
          (name) => name,
        ),
      ),
    },
    front.answersWithinHour !== null && {
      label: t('provider.fact.answers'),
      value: t('provider.fact.answers.value', { percent: front.answersWithinHour }),
    },
    front.finishesWork !== null && {
      label: t('provider.fact.finishes'),
      value: t('provider.fact.finishes.value', { percent: front.finishesWork }),
    },
  ];
  return (
    <Card>
      <h2 className="text-18">{t('provider.about.title')}</h2>
      {front.about && (
        <p className="mt-2 whitespace-pre-line">
          <bdi>{front.about}</bdi>
        </p>
      )}
      <Facts className="mt-5 border-t border-line pt-5 [&>div]:sm:grid-cols-1" facts={facts} />
    </Card>
  );
}

/** The name of a language in the reader's language; what is not a code is already a name. */
function languageName(code: string, t: Translator): string {
  if (!/^[a-z]{2,3}(-[A-Za-z]+)?$/.test(code)) return code;
  return t.language(code);
}
