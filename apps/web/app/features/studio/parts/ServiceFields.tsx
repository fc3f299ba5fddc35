import type { OwnServiceView } from '@plumbline/contracts/catalogue';
import { categoryIds } from '@plumbline/domain/categories';
import { priceKinds } from '@plumbline/domain/listing';
import type { Translator } from '@plumbline/i18n/translator';
import type { ReactNode } from 'react';
import type { FormState } from '../../../lib/Form.tsx';
import { useT } from '../../../lib/i18n.tsx';
import { Check, Choice, ChoiceCard, SelectField, TextArea, TextField, type Option } from '../../../ui/Field.tsx';
import { MoneyField } from '../../../ui/form/MoneyField.tsx';
import { durationText } from '../../service/index.ts';

interface ServiceFieldsProps {
  service: OwnServiceView | null;
  form: FormState;
}

type PricedProps = ServiceFieldsProps & {
  /** The market's. */
  currency: string;
};

/** What a service is, what it costs and how long it takes. */
export function ServiceFields({ service, currency, form }: PricedProps): ReactNode {
  return (
    <div className="grid gap-10">
      <Work service={service} form={form} />
      <Price service={service} currency={currency} form={form} />
      <Time service={service} form={form} />
    </div>
  );
}

function Work({ service, form: { error, value } }: ServiceFieldsProps): ReactNode {
  const t = useT();
  return (
    <section className="grid gap-6">
      <h2 className="text-22">{t('studio.service.about')}</h2>
      <SelectField
        name="categoryId"
        label={t('studio.service.category')}
        empty={t('studio.service.category.empty')}
        options={categoryIds.map((id) => ({ value: id, label: t(`category.${id}`) }))}
        error={error('categoryId')}
        defaultValue={value('categoryId', service?.categoryId) ?? ''}
      />
      <TextField
        name="title"
        label={t('studio.service.name')}
        hint={t('studio.service.name.hint')}
        maxLength={90}
        error={error('title')}
        defaultValue={value('title', service?.title)}
      />
      <TextField
        name="summary"
        label={t('studio.service.summary')}
        hint={t('studio.service.summary.hint')}
        maxLength={240}
        error={error('summary')}
        defaultValue={value('summary', service?.summary)}
      />
      <TextArea
        name="description"
        label={t('studio.service.description')}
        hint={t('studio.service.description.hint')}
        rows={7}
        maxLength={4000}
        error={error('description')}
        defaultValue={value('description', service?.description)}
      />
      <TextArea
        name="includes"
        label={t('studio.optional', { label: t('studio.service.includes') })}
        hint={t('studio.service.includes.hint')}
        rows={4}
        error={error('includes')}
        defaultValue={value('includes', service?.includes.join('\n'))}
      />
      <TextField
        name="tags"
        label={t('studio.optional', { label: t('studio.service.tags') })}
        hint={t('studio.service.tags.hint')}
        error={error('tags')}
        defaultValue={value('tags', service?.tags.join(', '))}
      />
    </section>
  );
}

function Price({ service, currency, form: { error, value } }: PricedProps): ReactNode {
  const t = useT();
  const kind = value('priceKind', service?.priceKind ?? 'fixed');
  return (
    <section className="group/price grid gap-6">
      <h2 className="text-22">{t('studio.service.price')}</h2>
      <Choice legend={t('studio.service.kind')} name="priceKind" error={error('priceKind')}>
        <div className="grid gap-3 sm:grid-cols-3">
          {priceKinds.map((one) => (
            <ChoiceCard
              key={one}
              name="priceKind"
              value={one}
              label={t(`studio.service.kind.${one}`)}
              hint={t(`studio.service.kind.${one}.hint`)}
              defaultChecked={kind === one}
            />
          ))}
        </div>
      </Choice>
      {/* A price on request has no amount; without :has() the field is simply there and not looked at. */}
      <MoneyField
        name="amount"
        label={t('studio.service.amount')}
        hint={t('studio.service.amount.hint')}
        currency={service?.price.amount?.currency ?? currency}
        minor={service?.price.amount?.minor}
        typed={value('amount')}
        frameClass="group-has-[input[value=quote]:checked]/price:hidden"
        error={error('amount')}
      />
    </section>
  );
}

const durations = [15, 30, 45, 60, 75, 90, 105, 120, 150, 180, 210, 240, 300, 360, 420, 480, 600, 720, 960, 1440];
const notices = [0, 60, 120, 240, 720, 1440, 2880, 4320, 10_080];
const buffers = [0, 5, 10, 15, 20, 30, 45, 60, 90, 120];

/** Choices of a length; one that was set otherwise stays among them. */
function lengths(t: Translator, choices: readonly number[], set: number | undefined): Option[] {
  const all = [...new Set([...choices, ...(set === undefined ? [] : [set])])].toSorted((one, other) => one - other);
  return all.map((minutes) => ({ value: String(minutes), label: lengthText(t, minutes) }));
}

function lengthText(t: Translator, minutes: number): string {
  if (minutes === 0) return t('studio.service.notice.none');
  return minutes >= 1440 && minutes % 1440 === 0
    ? t('studio.service.days', { n: minutes / 1440 })
    : durationText(t, minutes);
}

export function DurationField({
  name,
  label,
  set,
  form: { error, value },
}: {
  name: string;
  label: string;
  set: number | undefined;
  form: FormState;
}): ReactNode {
  const t = useT();
  return (
    <SelectField
      name={name}
      label={label}
      options={lengths(t, durations, set)}
      error={error(name)}
      defaultValue={value(name, String(set ?? 60))}
    />
  );
}

function Time({ service, form }: ServiceFieldsProps): ReactNode {
  const t = useT();
  const select = (
    name: string,
    label: string,
    choices: readonly number[],
    set: number | undefined,
    first: number,
  ): ReactNode => (
    <SelectField
      name={name}
      label={label}
      options={lengths(t, choices, set)}
      error={form.error(name)}
      defaultValue={form.value(name, String(set ?? first))}
    />
  );
  return (
    <section className="grid gap-6">
      <h2 className="text-22">{t('studio.service.time')}</h2>
      <div className="grid gap-6 sm:grid-cols-2">
        <DurationField
          name="duration"
          label={t('studio.service.duration')}
          set={service?.durationMinutes}
          form={form}
        />
        {select('notice', t('studio.service.notice'), notices, service?.noticeMinutes, 120)}
        {select('before', t('studio.service.before'), buffers, service?.bufferBeforeMinutes, 15)}
        {select('after', t('studio.service.after'), buffers, service?.bufferAfterMinutes, 15)}
      </div>
      <p className="-mt-3 text-14 text-ink-muted">{t('studio.service.buffer.hint')}</p>
      <Check
        name="onDemand"
        value="yes"
        label={<span className="font-strong">{t('studio.service.on_demand')}</span>}
        hint={t('studio.service.on_demand.hint')}
        defaultChecked={form.value('onDemand', service?.onDemand ? 'yes' : undefined) === 'yes'}
      />
    </section>
  );
}
