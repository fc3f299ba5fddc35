import type Stripe from 'stripe';
import { callOf, type App, type Call } from '../app.ts';
import { lineItemsOf } from '../api/sublists.ts';
import { cancelAddress, submitCard, successAddress } from '../flows/sessions.ts';
import { CARDS, type CardKey } from '../money/cards.ts';
import { PLATFORM_ACCOUNT } from '../version.ts';
import { checkCardForm, fillIn, readCardForm, type CardForm } from './card-form.ts';
import { notFound, notice, redirect, type Page } from './layout.ts';
import { payPage, type PayView } from './pay-view.ts';
import { words } from './words.ts';

type Session = Stripe.Checkout.Session;

/** What a session that has ended says. */
export function endedPage(app: App, session: Session): Page {
  const merchant = app.settings.merchantName;
  if (session.status === 'expired') {
    const back = cancelAddress(session);
    const link = back === null ? undefined : { href: back, label: words.back(merchant) };
    return notice({ title: words.ended.expiredTitle, text: words.ended.expiredText(merchant), status: 410, link });
  }
  const link = { href: successAddress(session), label: words.back(merchant) };
  return notice({ title: words.ended.completeTitle, text: words.ended.completeText, status: 200, link });
}

function viewOf(call: Call, session: Session, form: CardForm): PayView {
  const hidden = call.store.find('checkout.session', session.id)?.hidden;
  return {
    app: call.app,
    session,
    lines: lineItemsOf(call, session.id).data,
    held: hidden?.intent?.captureMethod === 'manual',
    form,
  };
}

function knownEmail(call: Call, session: Session): string {
  const id = typeof session.customer === 'string' ? session.customer : null;
  const customer = id === null ? undefined : call.store.find('customer', id)?.object;
  return session.customer_email ?? customer?.email ?? session.customer_details?.email ?? '';
}

function emptyForm(email: string): CardForm {
  return { email, number: '', expiry: '', code: '', name: '' };
}

/** GET /c/pay/:session */
export function showPay(app: App, id: string, query: URLSearchParams): Page {
  const call = callOf(app, PLATFORM_ACCOUNT);
  const session = call.store.find('checkout.session', id)?.object;
  if (!session) return notFound();
  if (session.status !== 'open') return endedPage(app, session);
  const view = viewOf(call, session, emptyForm(knownEmail(call, session)));
  const failed = query.get('problem') === 'authentication';
  return payPage(failed ? { ...view, general: words.pay.problems.authentication } : view);
}

function isCardKey(text: string): text is CardKey {
  return Object.hasOwn(CARDS, text);
}

function submit(call: Call, session: Session, form: CardForm, now: Date): Page {
  const checked = checkCardForm(form, now);
  if ('problems' in checked)
    return payPage({ ...viewOf(call, session, form), problems: checked.problems, status: 422 });
  const result = submitCard(call, session, checked.entry);
  if (result.kind === 'done') return redirect(successAddress(result.session));
  if (result.kind === 'challenge') return redirect(result.url);
  // As on any checkout, the security code is asked for again.
  return payPage({
    ...viewOf(call, result.session, { ...form, code: '' }),
    general: result.error.message,
    status: 402,
  });
}

/** POST /c/pay/:session, in a transaction of the caller. */
export function submitPay(app: App, id: string, form: URLSearchParams): Page {
  const call = callOf(app, PLATFORM_ACCOUNT);
  const session = call.store.find('checkout.session', id)?.object;
  if (!session) return notFound();
  if (session.status === 'complete') return redirect(successAddress(session));
  if (session.status !== 'open') return endedPage(app, session);
  const now = app.settings.clock.now();
  const typed = readCardForm(form);
  const fill = form.get('fill');
  if (fill !== null && isCardKey(fill)) return payPage(viewOf(call, session, fillIn(typed, fill, now)));
  return submit(call, session, typed, now);
}
