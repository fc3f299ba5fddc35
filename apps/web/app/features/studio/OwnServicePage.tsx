import type { OwnServiceView } from '@plumbline/contracts/catalogue';
import { localDate } from '@plumbline/i18n/dates';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, FormFault, problemText } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { useLive } from '../../lib/live.ts';
import { load, unless } from '../../lib/load.ts';
import { marketOf } from '../../lib/market.ts';
import { paths } from '../../paths.ts';
import { TextLink } from '../../ui/Button.tsx';
import { Banner, StatusBadge } from '../../ui/Signs.tsx';
import type { Route } from './+types/OwnServicePage';
import './messages.ts';
import { listingTone } from './parts/listing.ts';
import { OwnActs, ownActs } from './parts/OwnActs.tsx';
import { OwnSummary } from './parts/OwnSummary.tsx';
import { StudioFrame } from './parts/StudioForm.tsx';
import { Visibility } from './parts/Visibility.tsx';

export function loader({ context, params, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { now, liveCursor } = context.get(pageContext);
    const search = new URL(request.url).searchParams;
    const asked = { q: search.get('q') ?? '', place: search.get('place') ?? '', date: search.get('date') ?? '' };
    const [service, market] = await Promise.all([api.catalogue.service({ params }), marketOf(context)]);
    const query = {
      ...(asked.q && { q: asked.q }),
      ...(asked.place && { place: asked.place }),
      ...(asked.date && { date: asked.date }),
    };
    const [members, view] = await Promise.all([
      api.identity.members({ params: { organisationId: service.organisationId } }),
      unless(
        ['matching.place_unknown', 'matching.window_invalid', 'request.invalid'],
        api.matching.visibility({ params, query }),
      ),
    ]);
    return {
      service,
      team: members.items.map(({ personId, name }) => ({ personId, name })),
      view: view ?? null,
      asked,
      places: market.places.map(({ placeId, label }) => ({ value: placeId, label })),
      today: localDate(new Date(now), market.timeZone),
      done: search.get('done'),
      liveCursor,
      formKey: crypto.randomUUID(),
    };
  });
}

export function action({ context, params, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const { catalogue } = context.get(apiContext);
  return act(request, t, {}, async (form) => {
    const move = ownActs.find((one) => one === form.intent);
    if (!move) throw new FormFault({ message: problemText(t, 'request.invalid') });
    const { state, waitsForReview } = await catalogue.moveService({ params, body: { act: move } });
    const published = move === 'submit' && state === 'published' && !waitsForReview;
    return redirect(paths.ownService(params.serviceId, { done: published ? 'published' : undefined }));
  });
}

export default function OwnServicePage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { service, team, view, asked, places, today, done, liveCursor, formKey } = loaderData;
  useLive([`organisation:${service.organisationId}`], liveCursor);
  return (
    <StudioFrame
      wide
      title={service.title}
      back={{ to: paths.studioPart('service'), label: t('studio.service.back') }}
      action={<StatusBadge tone={listingTone(service.state)}>{t(`studio.listing.${service.state}`)}</StatusBadge>}
    >
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-6">
          <Notes service={service} done={done} />
          <OwnActs service={service} formKey={formKey} failure={failureOf(actionData)} />
          <OwnSummary service={service} team={team} />
        </div>
        <Visibility
          key={JSON.stringify(asked)}
          serviceId={service.serviceId}
          view={view}
          asked={asked}
          places={places}
          today={today}
        />
      </div>
    </StudioFrame>
  );
}

/** What the company has to know about the state of its service. */
function Notes({ service, done }: { service: OwnServiceView; done: string | null }): ReactNode {
  const t = useT();
  const { waitsForReview, reviewNote, missing, unpublishedChanges, publishedVersion } = service;
  return (
    <>
      {done === 'published' && service.state === 'published' && (
        <Banner tone="good" title={t('studio.own.published')} />
      )}
      {done === 'saved' && <Banner tone="good" title={t('studio.own.saved')} />}
      {waitsForReview && (
        <Banner title={t('studio.own.review.title')}>
          <p>{t('studio.own.review.text')}</p>
        </Banner>
      )}
      {reviewNote && !waitsForReview && (
        <Banner tone="warn" title={t('studio.own.returned.title')}>
          <p>{reviewNote}</p>
        </Banner>
      )}
      {missing.length > 0 && service.state !== 'archived' && (
        <Banner tone="warn" title={t('studio.own.missing.title')}>
          <ul className="grid gap-1">
            {missing.map((code) => (
              <li key={code}>
                <TextLink to={missingPlace(code, service.serviceId)}>{t(`studio.own.missing.${code}`)}</TextLink>
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {unpublishedChanges && publishedVersion !== null && !waitsForReview && (
        <Banner tone="brass" title={t('studio.own.changes.title')}>
          <p>{t('studio.own.changes.text')}</p>
        </Banner>
      )}
    </>
  );
}

function missingPlace(code: OwnServiceView['missing'][number], serviceId: string): string {
  if (code === 'profile_missing') return paths.studioPart('profile');
  if (code === 'coverage_missing') return paths.studioPart('coverage');
  return paths.ownServicePart(serviceId, code === 'team_missing' ? 'team' : 'details');
}
