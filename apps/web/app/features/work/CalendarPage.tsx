import type { Api } from '@plumbline/api-client';
import type { Me } from '@plumbline/contracts/identity';
import type { Translator } from '@plumbline/i18n/translator';
import { localDate } from '@plumbline/i18n/dates';
import type { ReactNode } from 'react';
import { redirect, useSearchParams } from 'react-router';
import { act, FormFault, problemText, type FieldWords, type Form } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { useLive } from '../../lib/live.ts';
import { load, unless } from '../../lib/load.ts';
import { marketOf } from '../../lib/market.ts';
import { companyOf } from '../../lib/session.ts';
import { paths } from '../../paths.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Page, PageHead } from '../../ui/Layout.tsx';
import { Banner, LinkChip } from '../../ui/Signs.tsx';
import { Title } from '../../ui/Title.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import type { Route } from './+types/CalendarPage';
import './messages.ts';
import { BlockForm } from './parts/BlockForm.tsx';
import type { TeamRow } from './parts/team.ts';
import { Agenda, TeamWeek } from './parts/TeamWeek.tsx';
import { isDate, momentAt, weekOf, type Week } from './parts/week.ts';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { now, liveCursor } = context.get(pageContext);
    const [me, { timeZone: zone }] = await Promise.all([api.identity.me(), marketOf(context)]);
    const today = localDate(new Date(now), zone);
    const wanted = new URL(request.url).searchParams.get('week');
    const week = weekOf(isDate(wanted) ? wanted : today, zone);
    const team = await teamOf(api, me);
    const rows = await Promise.all(team.map((one) => rowOf(api, one, week)));
    return {
      rows,
      week,
      zone,
      today,
      now,
      liveCursor,
      organisationId: companyOf(me)?.organisationId ?? null,
      formKey: crypto.randomUUID(),
    };
  });
}

interface Owner {
  resourceId: string;
  name: string;
  hasHours: boolean;
}

/** Everybody of the company with a calendar; somebody on their own has theirs. */
async function teamOf(api: Api, me: Me): Promise<Owner[]> {
  const company = companyOf(me);
  const own = { resourceId: me.personId, name: me.name, hasHours: true };
  if (!company) return [own];
  const { items } = await api.calendar.resources({ params: { organisationId: company.organisationId } });
  return items.length > 0 ? items : [own];
}

async function rowOf(api: Api, { resourceId, name, hasHours }: Owner, week: Week): Promise<TeamRow> {
  const [claims, plan] = await Promise.all([
    unless(
      'access.not_found',
      api.calendar.claims({ params: { resourceId }, query: { from: week.from, to: week.to } }),
    ),
    unless('access.not_found', api.calendar.plan({ params: { resourceId } })),
  ]);
  return {
    resourceId,
    name,
    hasHours: hasHours && (plan?.weekly.length ?? 0) > 0,
    plan: { weekly: plan?.weekly ?? [], exceptions: plan?.exceptions ?? [] },
    claims: claims?.items ?? [],
  };
}

const words: FieldWords = {
  fields: {
    label: 'work.block.error.label',
    from: 'work.block.error.from',
    to: 'work.block.error.to',
    resourceId: 'work.block.error.who',
  },
  codes: { 'calendar.slot_taken': 'from', 'calendar.window_invalid': 'to', 'access.not_found': 'resourceId' },
};

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const { calendar } = context.get(apiContext);
  return act(request, t, words, async (form) => {
    const resourceId = form.text('resourceId');
    if (form.intent.startsWith('unblock.')) {
      await calendar.unblock({ params: { resourceId, claimId: form.text('claimId') } });
      return redirect(request.url);
    }
    if (form.intent !== 'block') throw new FormFault({ message: problemText(t, 'request.invalid') });
    const { timeZone } = await marketOf(context);
    const body = blockOf(form, timeZone, t);
    await calendar.block({ params: { resourceId }, body });
    return redirect(paths.workCalendar({ week: form.text('date'), done: 'block' }));
  });
}

function blockOf(form: Form, zone: string, t: Translator): { from: string; to: string; label: string } {
  const date = form.text('date');
  const from = momentAt(zone, date, form.text('from'));
  const to = momentAt(zone, date, form.text('to'));
  const faults = [
    !form.text('resourceId') && { field: 'resourceId', message: t('work.block.error.who') },
    !isDate(date) && { field: 'date', message: t('work.block.error.date') },
    isDate(date) && !from && { field: 'from', message: t('work.block.error.from') },
    isDate(date) && (!to || (from !== undefined && to <= from)) && { field: 'to', message: t('work.block.error.to') },
    !form.text('label') && { field: 'label', message: t('work.block.error.label') },
  ].filter((fault) => typeof fault === 'object');
  if (faults.length > 0 || !from || !to) throw new FormFault(...faults);
  return { from, to, label: form.text('label') };
}

const noon = (day: string): { at: string; zone: string } => ({ at: `${day}T12:00:00Z`, zone: 'UTC' });

export default function CalendarPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const done = useSearchParams()[0].get('done');
  const { rows, week, zone, today, organisationId, liveCursor, formKey } = loaderData;
  useLive(
    [
      ...rows.map(({ resourceId }) => `person:${resourceId}`).slice(0, 1),
      ...(organisationId ? [`organisation:${organisationId}`] : []),
    ],
    liveCursor,
  );
  const failure = failureOf(actionData);
  const board = { rows, days: week.days, zone, today, form: { formKey, failure } };
  const span = t('work.calendar.span', {
    from: t.day(noon(week.monday), { now: `${today}T12:00:00Z` }),
    to: t.day(noon(week.days[6] ?? week.monday), { now: `${today}T12:00:00Z` }),
  });
  return (
    <Page>
      <Title>{t('work.calendar.title')}</Title>
      <PageHead
        title={t('work.calendar.title')}
        lead={t('work.calendar.lead', { zone: t.zone(zone), span })}
        action={
          <LinkButton to={paths.studioPart('hours')} tone="quiet">
            {t('work.calendar.hours')}
          </LinkButton>
        }
      />
      {done === 'block' && (
        <div className="mb-5">
          <Banner tone="good" title={t('work.block.done')} />
        </div>
      )}
      <nav aria-label={t('work.calendar.weeks')} className="mb-5 flex flex-wrap gap-2">
        <LinkChip to={paths.workCalendar({ week: week.earlier })}>{t('work.calendar.week.earlier')}</LinkChip>
        <LinkChip to={paths.workCalendar()} selected={week.days.includes(today)}>
          {t('work.calendar.week.now')}
        </LinkChip>
        <LinkChip to={paths.workCalendar({ week: week.later })}>{t('work.calendar.week.later')}</LinkChip>
      </nav>
      {rows.every((row) => !row.hasHours && row.claims.length === 0) ? (
        <EmptyState
          drawing="calendar"
          title={t('work.calendar.empty')}
          action={<LinkButton to={paths.studioPart('hours')}>{t('work.empty.hours')}</LinkButton>}
        >
          <p>{t('work.calendar.empty.text')}</p>
        </EmptyState>
      ) : (
        <>
          <TeamWeek {...board} />
          <Agenda {...board} />
          <p className="mt-4 text-14 text-ink-muted">{t('work.calendar.buffers')}</p>
          <BlockForm people={rows} today={today} formKey={formKey} failure={failure} />
        </>
      )}
    </Page>
  );
}
