import type { PlanView } from '@plumbline/contracts/calendar';
import type { ReactNode } from 'react';
import type { Failure } from '../../../lib/act.ts';
import { ActionForm, type FormState } from '../../../lib/Form.tsx';
import { useT } from '../../../lib/i18n.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Check, Choice, TextField } from '../../../ui/Field.tsx';
import { Section } from '../../../ui/Layout.tsx';

interface ExceptionsProps {
  plan: PlanView;
  today: string;
  formKey: string;
  failure: Failure | undefined;
}

/** Dates that differ from the week: holidays, a late start. */
export function Exceptions({ plan, today, formKey, failure }: ExceptionsProps): ReactNode {
  const t = useT();
  const coming = plan.exceptions.filter(({ date }) => date >= today);
  return (
    <Section title={t('studio.exceptions.title')} lead={t('studio.exceptions.lead')} className="mt-12">
      {coming.length === 0 ? (
        <p className="text-ink-muted">{t('studio.exceptions.none')}</p>
      ) : (
        <ul className="rounded-card border border-line bg-sheet">
          {coming.map((exception) => (
            <Day
              key={exception.date}
              exception={exception}
              plan={plan}
              today={today}
              formKey={formKey}
              failure={failure}
            />
          ))}
        </ul>
      )}
      {plan.can.edit && (
        <ActionForm
          intent="exception"
          formKey={formKey}
          failure={failure}
          className="group mt-6 rounded-card border border-line bg-sheet p-5"
        >
          {(form) => <AddDay form={form} today={today} />}
        </ActionForm>
      )}
    </Section>
  );
}

type DayProps = ExceptionsProps & { exception: PlanView['exceptions'][number] };

function Day({ exception: { date, hours, note }, plan, today, formKey, failure }: DayProps): ReactNode {
  const t = useT();
  const day = t.day({ at: `${date}T12:00:00Z`, zone: 'UTC' }, { long: true, now: `${today}T12:00:00Z` });
  const text =
    hours.length === 0 ? t('studio.exceptions.off') : hours.map(({ from, to }) => `${from}–${to}`).join(', ');
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 border-b border-line px-4 py-3 last:border-0 sm:px-5">
      <p>
        <span className="font-strong">{day}</span>
        <span className="block text-14 text-ink-muted tabular-nums">{[text, note].filter(Boolean).join(' · ')}</span>
      </p>
      {plan.can.edit && (
        <ActionForm intent={`remove.${date}`} formKey={formKey} failure={failure}>
          {({ busy }) => (
            <>
              <input type="hidden" name="date" value={date} />
              <Button
                tone="quiet"
                size="small"
                aria-label={t('studio.exceptions.remove.name', { day })}
                busy={busy && t('studio.busy')}
              >
                {t('studio.exceptions.remove')}
              </Button>
            </>
          )}
        </ActionForm>
      )}
    </li>
  );
}

function AddDay({ form: { error, value, busy }, today }: { form: FormState; today: string }): ReactNode {
  const t = useT();
  const kind = value('kind', 'off');
  return (
    <div className="grid gap-5">
      <h3 className="text-16">{t('studio.exceptions.add')}</h3>
      <TextField
        name="date"
        type="date"
        min={today}
        label={t('studio.exceptions.date')}
        className="max-w-48"
        error={error('date')}
        defaultValue={value('date')}
      />
      <Choice legend={t('studio.exceptions.kind')} name="kind">
        <Check
          type="radio"
          name="kind"
          value="off"
          label={t('studio.exceptions.kind.off')}
          defaultChecked={kind === 'off'}
        />
        <Check
          type="radio"
          name="kind"
          value="hours"
          label={t('studio.exceptions.kind.hours')}
          defaultChecked={kind === 'hours'}
        />
      </Choice>
      {/* Without :has() the times are simply there; they count only for other hours. */}
      <div className="grid max-w-72 grid-cols-2 gap-4 group-has-[input[value=off]:checked]:hidden">
        <TextField
          name="from"
          type="time"
          step={300}
          label={t('studio.exceptions.from')}
          error={error('from')}
          defaultValue={value('from')}
        />
        <TextField name="to" type="time" step={300} label={t('studio.exceptions.to')} defaultValue={value('to')} />
      </div>
      <TextField
        name="note"
        label={t('studio.optional', { label: t('studio.exceptions.note') })}
        maxLength={200}
        error={error('note')}
        defaultValue={value('note')}
      />
      <Button tone="quiet" className="justify-self-start" busy={busy && t('studio.busy')}>
        {t('studio.exceptions.submit')}
      </Button>
    </div>
  );
}
