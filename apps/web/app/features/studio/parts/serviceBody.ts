import type { ServiceBody } from '@plumbline/contracts/catalogue';
import { isCategoryId } from '@plumbline/domain/categories';
import { priceKinds, type PriceKind } from '@plumbline/domain/listing';
import type { Translator } from '@plumbline/i18n/translator';
import { FormFault, type FieldFault, type FieldWords, type Form } from '../../../lib/act.ts';
import { parseAmount } from '../../../lib/amount.ts';

export const serviceWords: FieldWords = {
  fields: {
    title: 'studio.service.error.title',
    summary: 'studio.service.error.summary',
    description: 'studio.service.error.description',
    includes: 'studio.service.error.includes',
    tags: 'studio.service.error.tags',
    priceMinor: 'studio.service.error.amount',
    durationMinutes: 'studio.service.error.duration',
    personIds: 'studio.service.error.team',
    items: 'studio.service.error.packages',
    'changes/title': 'studio.service.error.title',
    'changes/summary': 'studio.service.error.summary',
    'changes/description': 'studio.service.error.description',
    'changes/includes': 'studio.service.error.includes',
    'changes/tags': 'studio.service.error.tags',
  },
  codes: { 'catalogue.price_invalid': 'amount', 'catalogue.team_invalid': 'team', 'catalogue.zone_unknown': 'zones' },
};

const linesOf = (text: string, by: RegExp): string[] => [
  ...new Set(
    text
      .split(by)
      .map((line) => line.trim())
      .filter(Boolean),
  ),
];

/** A service as its form has it. The price is what people type; it travels in minor units. */
export function readService(form: Form, currency: string, t: Translator): ServiceBody {
  const categoryId = form.text('categoryId');
  const price = readPrice(form, currency, t);
  const durationMinutes = Number(form.text('duration'));
  const faults: FieldFault[] = [...price.faults];
  if (!form.text('title')) faults.unshift({ field: 'title', message: t('studio.service.error.title') });
  if (!isCategoryId(categoryId)) faults.unshift({ field: 'categoryId', message: t('studio.service.error.category') });
  if (!(durationMinutes > 0)) faults.push({ field: 'duration', message: t('studio.service.error.duration') });
  if (faults.length > 0 || !isCategoryId(categoryId)) throw new FormFault(...faults);
  return {
    categoryId,
    title: form.text('title'),
    summary: form.text('summary'),
    description: form.text('description').replaceAll('\r\n', '\n'),
    tags: linesOf(form.text('tags'), /[,\n]/),
    includes: linesOf(form.text('includes'), /\r?\n/),
    priceKind: price.kind,
    priceMinor: price.minor,
    durationMinutes,
    noticeMinutes: Number(form.text('notice')),
    bufferBeforeMinutes: Number(form.text('before')),
    bufferAfterMinutes: Number(form.text('after')),
    onDemand: form.text('onDemand') === 'yes',
  };
}

interface Price {
  kind: PriceKind;
  minor: string | null;
  faults: FieldFault[];
}

/** A price on request has no amount, whatever stands in the field. */
function readPrice(form: Form, currency: string, t: Translator): Price {
  const kind = priceKinds.find((one) => one === form.text('priceKind'));
  if (!kind)
    return { kind: 'quote', minor: null, faults: [{ field: 'priceKind', message: t('studio.service.error.kind') }] };
  if (kind === 'quote') return { kind, minor: null, faults: [] };
  const minor = parseAmount(form.text('amount'), currency, t.locale);
  const good = minor !== undefined && minor !== '0';
  return {
    kind,
    minor: minor ?? null,
    faults: good ? [] : [{ field: 'amount', message: t('studio.service.error.amount') }],
  };
}
