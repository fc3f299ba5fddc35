import type { Api } from '@plumbline/api-client';
import { FormFault, type FieldWords, type Form } from '../../../lib/act.ts';
import type { Translator } from '@plumbline/i18n/translator';
import { parseAmount } from '../../../lib/amount.ts';
import type { ActPage } from './names.ts';

export const actWords: FieldWords = {
  fields: {
    reason: 'booking.error.reason',
    text: 'booking.error.text',
    amountMinor: 'booking.error.amount',
    refundMinor: 'booking.error.amount',
    start: 'booking.error.date',
    durationMinutes: 'booking.error.duration',
    personId: 'booking.error.person',
    outcome: 'booking.error.outcome',
    note: 'booking.error.note',
  },
  codes: {
    'booking.reason_missing': 'reason',
    'booking.slot_taken': 'start',
    'booking.day_full': 'start',
    'booking.too_early': 'start',
    'booking.too_far_ahead': 'start',
    'booking.assignee_invalid': 'personId',
    'booking.proof_missing': 'note',
    'booking.photo_unknown': 'photos',
    'request.broken_picture': 'photos',
    'booking.refund_invalid': 'refundMinor',
  },
};

interface Act {
  api: Api;
  params: { bookingId: string };
  form: Form;
  t: Translator;
  seen: { version?: number };
}

type Runner = (act: Act) => Promise<unknown>;

const reasonOf = (form: Form): { reason?: string } => {
  const reason = form.maybe('reason');
  return reason ? { reason } : {};
};

const noteOf = (form: Form): { note?: string } => {
  const note = form.maybe('note');
  return note ? { note } : {};
};

/** Sends each act of a page of its own to the API. */
export const runners: Record<ActPage, Runner> = {
  cancellation: ({ api, params, form, seen }) =>
    api.booking.cancel({
      params,
      idempotencyKey: form.idempotencyKey,
      body: { ...seen, feeMinor: form.text('feeMinor'), ...reasonOf(form) },
    }),
  refusal: ({ api, params, form, seen }) =>
    api.booking.decline({ params, idempotencyKey: form.idempotencyKey, body: { ...seen, ...reasonOf(form) } }),
  quote: ({ api, params, form, seen, t }) =>
    api.booking.sendQuote({
      params,
      body: {
        ...seen,
        amountMinor: amountOf(form, 'amountMinor', t),
        start: startOf(form, t),
        durationMinutes: Number(form.text('durationMinutes')),
        ...noteOf(form),
      },
    }),
  time: ({ api, params, form, seen, t }) =>
    api.booking.proposeTime({ params, body: { ...seen, start: startOf(form, t), ...noteOf(form) } }),
  team: ({ api, params, form, seen, t }) => {
    const personId = form.text('personId');
    if (!personId) throw new FormFault({ field: 'personId', message: t('booking.error.person') });
    return api.booking.assign({ params, body: { ...seen, personId } });
  },
  assignment: ({ api, params, form }) =>
    api.booking.answerAssignment({
      params: { ...params, assignmentId: form.text('assignmentId') },
      body: { answer: form.text('answer') === 'accept' ? 'accept' : 'decline', ...reasonOf(form) },
    }),
  start: ({ api, params, form, seen }) => api.booking.start({ params, body: { ...seen, ...reasonOf(form) } }),
  completion: complete,
  absence: ({ api, params, form, seen }) =>
    api.booking.reportAbsence({ params, idempotencyKey: form.idempotencyKey, body: { ...seen, ...noteOf(form) } }),
  problem: async (act) => {
    await addPhotos(act);
    return act.api.booking.reportProblem({ params: act.params, body: { ...act.seen, text: act.form.text('text') } });
  },
  resolution: resolve,
};

async function complete(act: Act): Promise<unknown> {
  const { api, params, form, seen } = act;
  const photoIds = await addPhotos(act);
  return api.booking.complete({
    params,
    body: { ...seen, ...noteOf(form), ...reasonOf(form), ...(photoIds.length > 0 && { photoIds }) },
  });
}

/** Each photo is handed in on its own; the act names them afterwards. */
async function addPhotos({ api, params, form }: Act): Promise<string[]> {
  const files = form.data.getAll('photos').filter((file): file is File => file instanceof File && file.size > 0);
  const ids: string[] = [];
  for (const file of files.slice(0, 20)) {
    const body = new FormData();
    body.append('file', file, file.name);
    ids.push((await api.booking.addPhoto({ params, form: body })).fileId);
  }
  return ids;
}

async function resolve({ api, params, form, seen, t }: Act): Promise<unknown> {
  const outcome = form.text('outcome');
  if (outcome !== 'release' && outcome !== 'full' && outcome !== 'partial') {
    throw new FormFault({ field: 'outcome', message: t('booking.error.outcome') });
  }
  const refundMinor = outcome === 'partial' ? amountOf(form, 'refundMinor', t) : undefined;
  return api.booking.resolveProblem({
    params,
    idempotencyKey: form.idempotencyKey,
    body: { ...seen, outcome, reason: form.text('reason'), ...(refundMinor && { refundMinor }) },
  });
}

function startOf(form: Form, t: Translator): string {
  const start = form.text('start');
  if (!start) throw new FormFault({ field: 'start', message: t('booking.error.date') });
  return start;
}

function amountOf(form: Form, field: string, t: Translator): string {
  const minor = parseAmount(form.text(field), form.text('currency'));
  if (!minor) throw new FormFault({ field, message: t('booking.error.amount') });
  return minor;
}
