import type { Api } from '@plumbline/api-client';
import type { Form } from '../../../lib/act.ts';

/**
 * The acts that need nothing but a press. Answers null, or the address of the payment page; undefined for an act that
 * does not exist.
 */
export async function runQuickAct(api: Api, bookingId: string, form: Form): Promise<string | null | undefined> {
  const params = { bookingId };
  const { idempotencyKey } = form;
  const version = Number(form.text('version')) || undefined;
  const seen = version ? { version } : {};
  switch (form.intent) {
    case 'pay':
      return (await api.booking.pay({ params, idempotencyKey })).paymentUrl;
    case 'confirm':
      await api.booking.confirm({ params, idempotencyKey, body: seen });
      return null;
    case 'accept':
      await api.booking.accept({ params, idempotencyKey, body: seen });
      return null;
    case 'start':
      await api.booking.start({ params, body: seen });
      return null;
    case 'time-accept':
    case 'time-decline':
    case 'time-withdraw':
      await answerTime(api, bookingId, form, seen);
      return null;
    case 'assignment-accept':
      await api.booking.answerAssignment({
        params: { bookingId, assignmentId: form.text('assignmentId') },
        body: { answer: 'accept' },
      });
      return null;
    default:
      return undefined;
  }
}

async function answerTime(api: Api, bookingId: string, form: Form, seen: { version?: number }): Promise<void> {
  const answer = form.intent.slice('time-'.length);
  if (answer !== 'accept' && answer !== 'decline' && answer !== 'withdraw') return;
  await api.booking.answerTime({
    params: { bookingId, proposalId: form.text('proposalId') },
    idempotencyKey: form.idempotencyKey,
    body: { ...seen, answer },
  });
}
