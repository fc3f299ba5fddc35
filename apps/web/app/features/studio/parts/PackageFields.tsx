import type { OwnServiceView } from '@plumbline/contracts/catalogue';
import type { Translator } from '@plumbline/i18n/translator';
import type { ReactNode } from 'react';
import { FormFault, type FieldFault, type Form } from '../../../lib/act.ts';
import { parseAmount } from '../../../lib/amount.ts';
import type { FormState } from '../../../lib/Form.tsx';
import { useT } from '../../../lib/i18n.tsx';
import { TextField } from '../../../ui/Field.tsx';
import { MoneyField } from '../../../ui/form/MoneyField.tsx';
import { DurationField } from './ServiceFields.tsx';

const most = 8;
/** Rows that are shown without having been filled before: enough for one more go. */
const spare = 2;

interface PackageFieldsProps {
  service: OwnServiceView;
  /** The market's. */
  currency: string;
  form: FormState;
}

/** Sizes of a service: a row is left out by leaving its name empty. */
export function PackageFields({ service, currency, form }: PackageFieldsProps): ReactNode {
  const t = useT();
  const { error, value } = form;
  const rows = Math.min(most, service.packages.length + spare);
  return (
    <div className="grid gap-5">
      {Array.from({ length: rows }, (_, index) => {
        const item = service.packages[index];
        return (
          <fieldset key={item?.packageId ?? index} className="rounded-card border border-line bg-sheet p-5">
            <legend className="px-1 text-16 font-strong">{t('studio.packages.n', { n: index + 1 })}</legend>
            {item && <input type="hidden" name={`id.${index}`} value={item.packageId} />}
            <div className="grid gap-4 sm:grid-cols-[minmax(0,1.6fr)_9rem_11rem]">
              <TextField
                name={`name.${index}`}
                label={t('studio.packages.name')}
                maxLength={60}
                error={error(`name.${index}`)}
                defaultValue={value(`name.${index}`, item?.name)}
              />
              <MoneyField
                name={`amount.${index}`}
                label={t('studio.packages.amount')}
                currency={item?.amount.currency ?? currency}
                minor={item?.amount.minor}
                typed={value(`amount.${index}`)}
                error={error(`amount.${index}`)}
              />
              <DurationField
                name={`duration.${index}`}
                label={t('studio.packages.duration')}
                set={item?.durationMinutes ?? service.durationMinutes}
                form={form}
              />
              <TextField
                name={`description.${index}`}
                label={t('studio.optional', { label: t('studio.packages.description') })}
                maxLength={400}
                frameClass="sm:col-span-3"
                error={error(`description.${index}`)}
                defaultValue={value(`description.${index}`, item?.description)}
              />
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}

interface PackageItem {
  packageId?: string;
  name: string;
  description: string;
  amountMinor: string;
  durationMinutes: number;
}

/** The sizes that have a name, in the order of the form. */
export function readPackages(form: Form, currency: string, t: Translator): PackageItem[] {
  const faults: FieldFault[] = [];
  const items: PackageItem[] = [];
  for (let index = 0; index < most; index += 1) {
    const name = form.text(`name.${index}`);
    if (!name) continue;
    const packageId = form.maybe(`id.${index}`);
    const amountMinor = parseAmount(form.text(`amount.${index}`), currency, t.locale);
    if (name.length < 2) faults.push({ field: `name.${index}`, message: t('studio.service.error.packages') });
    if (!amountMinor || amountMinor === '0')
      faults.push({ field: `amount.${index}`, message: t('studio.service.error.amount') });
    items.push({
      ...(packageId && { packageId }),
      name,
      description: form.text(`description.${index}`),
      amountMinor: amountMinor ?? '',
      durationMinutes: Number(form.text(`duration.${index}`)),
    });
  }
  if (faults.length > 0) throw new FormFault(...faults);
  return items;
}
