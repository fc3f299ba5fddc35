import type { Api } from '@plumbline/api-client';
import type { Me } from '@plumbline/contracts/identity';
import type { Translator } from '@plumbline/i18n/translator';
import { localDate } from '@plumbline/i18n/dates';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, FormFault, problemText, type FieldWords, type Form } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { marketOf } from '../../lib/market.ts';
import { companyOf, may, useMe } from '../../lib/session.ts';
import { paths } from '../../paths.ts';
import { Section } from '../../ui/Layout.tsx';
import { Banner, LinkChip } from '../../ui/Signs.tsx';
import type { Route } from './+types/HoursPage';
import './messages.ts';
import { Exceptions } from './parts/Exceptions.tsx';
import { StudioFrame } from './parts/StudioForm.tsx';
import { readWeek } from './parts/week.ts';
import { WeekForm } from './parts/WeekForm.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const [me, market] = await Promise.all([api.identity.me(), marketOf(context)]);
    const asked = new URL(request.url).searchParams.get('who');
    const [team, found] = await Promise.all([
      teamOf(api, me),
      api.calendar.plan({ params: { resourceId: asked ?? me.personId } }),
    ]);
    // Nobody wrote this calendar yet: the market's zone is where the work will be.
    const plan = found.updatedAt ? found : { ...found, zone: found.zone || market.timeZone };
    const today = localDate(new Date(context.get(pageContext).now), plan.zone);
    return { team, plan, today, own: plan.resourceId === me.personId, formKey: crypto.randomUUID() };
  });
}

async function teamOf({ calendar }: Api, me: Me): Promise<{ resourceId: string; name: string; hasHours: boolean }[]> {
  const company = companyOf(me);
  if (!company) return [];
  const { items } = await calendar.resources({ params: { organisationId: company.organisationId } });
  return items.map(({ resourceId, name, hasHours }) => ({ resourceId, name, hasHours }));
}

const words: FieldWords = {
  fields: {
    weekly: 'studio.hours.error.overlap',
    date: 'studio.exceptions.error.date',
    hours: 'studio.exceptions.error.hours',
  },
};

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const { calendar, identity } = context.get(apiContext);
  return act(request, t, words, async (form) => {
    const who = new URL(request.url).searchParams.get('who');
    const resourceId = who ?? (await identity.me()).personId;
    const date = form.text('date');
    if (form.intent === 'week') {
      await calendar.setPlan({ params: { resourceId }, body: { zone: form.text('zone'), weekly: readWeek(form, t) } });
    } else if (form.intent === 'exception') {
      await calendar.setException({ params: { resourceId, date: dateOf(form, t) }, body: readException(form, t) });
    } else if (form.intent === `remove.${date}`) {
      await calendar.removeException({ params: { resourceId, date } });
    } else {
      throw new FormFault({ message: problemText(t, 'request.invalid') });
    }
    return redirect(paths.studioPart('hours', { who, saved: 1 }));
  });
}

function dateOf(form: Form, t: Translator): string {
  const date = form.text('date');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new FormFault({ field: 'date', message: t('studio.exceptions.error.date') });
  return date;
}

function readException(form: Form, t: Translator): { hours: { from: string; to: string }[]; note?: string } {
  const note = form.maybe('note');
  const [from, to] = [form.text('from'), form.text('to')];
  const other = form.text('kind') === 'hours';
  if (other && (!from || !to)) throw new FormFault({ field: 'from', message: t('studio.exceptions.error.hours') });
  return { hours: other ? [{ from, to }] : [], ...(note && { note }) };
}

export default function HoursPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const me = useMe();
  const { team, plan, today, own, formKey } = loaderData;
  const failure = failureOf(actionData);
  const name = team.find(({ resourceId }) => resourceId === plan.resourceId)?.name ?? '';
  const back = may(me, 'catalogue:edit') ? undefined : { to: paths.workCalendar(), label: t('shell.nav.calendar') };
  return (
    <StudioFrame
      title={own ? t('studio.hours.title') : t('studio.hours.title.other', { name })}
      lead={t('studio.hours.lead', { zone: t.zone(plan.zone) })}
      {...(back && { back })}
    >
      {team.length > 1 && (
        <nav aria-label={t('studio.hours.who')} className="mb-6 flex flex-wrap gap-2">
          {team.map(({ resourceId, name, hasHours }) => (
            <LinkChip
              key={resourceId}
              to={paths.studioPart('hours', { who: resourceId === me?.personId ? undefined : resourceId })}
              selected={resourceId === plan.resourceId}
            >
              {name}
              {!hasHours && <span className="text-ink-muted">{t('studio.hours.none')}</span>}
            </LinkChip>
          ))}
        </nav>
      )}
      {!plan.can.edit && (
        <div className="mb-6">
          <Banner title={t('studio.hours.readonly')} />
        </div>
      )}
      <Section title={t('studio.hours.week')} lead={t('studio.hours.week.hint')}>
        {/* Another person's week is another form. */}
        <WeekForm key={plan.resourceId + (plan.updatedAt ?? '')} plan={plan} formKey={formKey} failure={failure} />
      </Section>
      <Exceptions plan={plan} today={today} formKey={formKey} failure={failure} />
    </StudioFrame>
  );
}
