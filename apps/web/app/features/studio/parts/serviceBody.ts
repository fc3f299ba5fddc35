import type { ServiceBody } from '@plumbline/contracts/catalogue';
import { isCategoryId } from '@plumbline/domain/categories';
import { priceKinds } from '@plumbline/domain/listing';
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

const linesOf = (text: string, by: RegExp): string[] => [...new Set(text.split(by).map((line) => line.trim()).filter(Boolean))];

/** A service as its form has it. The price is what people type; it travels in minor units. */
export function readService(form: Form, currency: string, t: Translator): ServiceBody {
  const categoryId = form.text('categoryId');
  const priceKind = priceKinds.find((kind) => kind === form.text('priceKind'));
  const amount = parseAmount(form.text('amount'), currency);
  const priced = priceKind !== undefined && priceKind !== 'quote';
  const duration = Number(form.text('duration'));
  const faults: (FieldFault | false)[] = [
    !isCategoryId(categoryId) && { field: 'categoryId', message: t('studio.service.error.category') },
    !form.text('title') && { field: 'title', message: t('studio.service.error.title') },
    !priceKind && { field: 'priceKind', message: t('studio.service.error.kind') },
    priced && (!amount || amount === '0') && { field: 'amount', message: t('studio.service.error.amount') },
    !(duration > 0) && { field: 'duration', message: t('studio.service.error.duration') },
  ];
  const wrong = faults.filter((fault) => fault !== false);
  if (wrong.length > 0 || !isCategoryId(categoryId) || !priceKind) throw new FormFault(...wrong);
  return {
    categoryId,
    title: form.text('title'),
    summary: form.text('summary'),
    description: form.text('description').replaceAll('\r\n', '\n'),
    tags: linesOf(form.text('tags'), /[,\n]/),
    includes: linesOf(form.text('includes'), /\r?\n/),
    priceKind,
    priceMinor: priced ? (amount ?? null) : null,
    durationMinutes: duration,
    noticeMinutes: Number(form.text('notice')) || 0,
    bufferBeforeMinutes: Number(form.text('before')) || 0,
    bufferAfterMinutes: Number(form.text('after')) || 0,
    onDemand: form.text('onDemand') === 'yes',
  };
}
