import type { BookingView, CancellationQuote } from '@plumbline/contracts/booking';
import type { ZonedMoment } from '@plumbline/i18n';
import type { ReactNode } from 'react';
import type { FormState } from '../../../lib/Form.tsx';
import { useT } from '../../../lib/i18n.tsx';
import { Check, Choice, ChoiceCard, FileField, SelectField, TextArea, TextField } from '../../../ui/Field.tsx';
import { Card, Sums } from '../../../ui/Layout.tsx';
import { Money, ZonedTime } from '../../../ui/Text.tsx';
import type { ActPage } from './names.ts';

export interface ActFieldsProps {
  page: ActPage;
  booking: BookingView;
  fee: CancellationQuote | null;
  slots: ZonedMoment[] | null;
  people: { personId: string; name: string }[] | null;
  form: FormState;
}

/** What each act asks, and what it costs, before it is done. */
export function ActFields(props: ActFieldsProps): ReactNode {
  switch (props.page) {
    case 'cancellation':
      return <Cancellation {...props} />;
    case 'quote':
      return <Quote {...props} />;
    case 'time':
      return (
        <>
          <Starts {...props} />
          <Note {...props} />
        </>
      );
    case 'team':
      return <Team {...props} />;
    case 'assignment':
      return <Assignment {...props} />;
    case 'completion':
      return <Completion {...props} />;
    case 'problem':
      return <Problem {...props} />;
    case 'resolution':
      return <Resolution {...props} />;
    case 'absence':
      return <Note {...props} />;
    case 'refusal':
    case 'start':
      return <Reason {...props} />;
  }
}

function Cancellation({ fee, booking, form }: ActFieldsProps): ReactNode {
  const t = useT();
  if (!fee) return null;
  const provider = booking.provider?.name ?? t('booking.who.crews');
  const back =
    booking.part === 'customer'
      ? t('booking.cancel.refund')
      : t('booking.cancel.refund.provider', { customer: booking.customerName });
  return (
    <>
      <Card className="grid gap-4">
        <Sums
          rows={[
            { label: t('booking.cancel.fee', { provider }), amount: <Money amount={fee.fee} /> },
            { label: back, amount: <Money amount={fee.refund} />, strong: true },
          ]}
        />
        <p className="text-14 text-ink-muted">{t(`booking.cancel.rule.${fee.rule}`)}</p>
        {fee.until && (
          <p className="text-14 text-ink-muted">
            {t('booking.cancel.until')} <ZonedTime moment={fee.until} />
          </p>
        )}
        {fee.penaltyPoints > 0 && booking.part !== 'customer' && (
          <p className="text-14 font-strong text-warn-ink">{t('booking.cancel.penalty')}</p>
        )}
      </Card>
      <input type="hidden" name="feeMinor" value={fee.fee.minor} />
      <Reason booking={booking} form={form} />
    </>
  );
}

function Reason({ form: { error, value } }: Pick<ActFieldsProps, 'booking' | 'form'>): ReactNode {
  const t = useT();
  return (
    <TextArea
      name="reason"
      label={t('booking.reason')}
      rows={3}
      maxLength={500}
      error={error('reason')}
      defaultValue={value('reason')}
    />
  );
}

function Note({ form: { error, value } }: ActFieldsProps): ReactNode {
  const t = useT();
  return (
    <TextArea
      name="note"
      label={t('booking.message')}
      rows={3}
      maxLength={2000}
      error={error('note')}
      defaultValue={value('note')}
    />
  );
}

function Starts({ slots, booking, form: { error, value } }: ActFieldsProps): ReactNode {
  const t = useT();
  const options = (slots ?? []).map((start) => ({ value: start.at, label: t.moment(start, { zone: false }) }));
  return (
    <SelectField
      name="start"
      label={t('booking.start')}
      hint={t(options.length > 0 ? 'booking.start.hint' : 'booking.start.none', { zone: t.zone(booking.timeZone) })}
      empty={t('booking.start.choose')}
      options={options}
      error={error('start')}
      defaultValue={value('start') ?? ''}
    />
  );
}

const durations = [30, 60, 90, 120, 180, 240, 360, 480] as const;

function Quote(props: ActFieldsProps): ReactNode {
  const t = useT();
  const { error, value } = props.form;
  return (
    <>
      <TextField
        name="amountMinor"
        label={t('booking.quote.amount')}
        hint={t('booking.quote.amount.hint')}
        inputMode="decimal"
        required
        error={error('amountMinor')}
        defaultValue={value('amountMinor')}
        className="max-w-60"
      />
      <Starts {...props} />
      <SelectField
        name="durationMinutes"
        label={t('booking.quote.duration')}
        options={durations.map((minutes) => ({
          value: String(minutes),
          label: t('service.duration', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }).trim(),
        }))}
        error={error('durationMinutes')}
        defaultValue={value('durationMinutes') ?? '120'}
      />
      <Note {...props} />
    </>
  );
}

function Team({ people, form: { error, value } }: ActFieldsProps): ReactNode {
  const t = useT();
  return (
    <Choice legend={t('booking.team')} name="personId" error={error('personId')}>
      {(people ?? []).map(({ personId, name }) => (
        <Check
          key={personId}
          type="radio"
          name="personId"
          value={personId}
          label={name}
          defaultChecked={value('personId') === personId}
        />
      ))}
    </Choice>
  );
}

function Assignment({ booking, form }: ActFieldsProps): ReactNode {
  const t = useT();
  const open = booking.assignments.find(({ state }) => state === 'offered');
  return (
    <>
      <input type="hidden" name="assignmentId" value={open?.assignmentId ?? ''} />
      <div className="grid gap-3 sm:grid-cols-2">
        <ChoiceCard
          name="answer"
          value="decline"
          label={t('booking.assignment.decline')}
          defaultChecked={booking.part === 'lead'}
        />
        <ChoiceCard
          name="answer"
          value="accept"
          label={t('booking.assignment.accept')}
          defaultChecked={booking.part !== 'lead'}
        />
      </div>
      <Reason booking={booking} form={form} />
    </>
  );
}

function Photos({ form: { error } }: ActFieldsProps): ReactNode {
  const t = useT();
  return (
    <FileField
      name="photos"
      label={t('booking.photos')}
      hint={t('booking.photos.hint')}
      accept="image/jpeg,image/png,image/webp"
      multiple
      error={error('photos')}
    />
  );
}

function Completion(props: ActFieldsProps): ReactNode {
  const t = useT();
  const { error, value } = props.form;
  return (
    <>
      <TextArea
        name="note"
        label={t('booking.completion.note')}
        hint={t('booking.completion.note.hint')}
        maxLength={2000}
        error={error('note')}
        defaultValue={value('note')}
      />
      <Photos {...props} />
      {props.booking.part !== 'lead' && <Reason booking={props.booking} form={props.form} />}
    </>
  );
}

function Problem(props: ActFieldsProps): ReactNode {
  const t = useT();
  const { error, value } = props.form;
  return (
    <>
      <TextArea
        name="text"
        label={t('booking.problem.text')}
        hint={t('booking.problem.text.hint')}
        required
        minLength={10}
        maxLength={2000}
        error={error('text')}
        defaultValue={value('text')}
      />
      <Photos {...props} />
    </>
  );
}

function Resolution({ booking, form }: ActFieldsProps): ReactNode {
  const t = useT();
  const { error, value } = form;
  return (
    <>
      <Choice legend={t('booking.resolution.outcome')} name="outcome" error={error('outcome')}>
        <div className="grid gap-3">
          {(['release', 'partial', 'full'] as const).map((outcome) => (
            <ChoiceCard
              key={outcome}
              name="outcome"
              value={outcome}
              label={t(`booking.resolution.${outcome}`)}
              hint={t(`booking.resolution.${outcome}.hint`)}
              defaultChecked={value('outcome') === outcome}
            />
          ))}
        </div>
      </Choice>
      <TextField
        name="refundMinor"
        label={t('booking.resolution.refund')}
        hint={t('booking.resolution.refund.hint')}
        inputMode="decimal"
        error={error('refundMinor')}
        defaultValue={value('refundMinor')}
        className="max-w-60"
      />
      <Reason booking={booking} form={form} />
    </>
  );
}
