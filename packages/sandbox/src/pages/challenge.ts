import type Stripe from 'stripe';
import { callOf, type App, type Call } from '../app.ts';
import { finishChallenge } from '../flows/payments.ts';
import { resumeSession, successAddress } from '../flows/sessions.ts';
import type { Hidden } from '../store/kinds.ts';
import { formatMinor } from '../money/currency.ts';
import { PLATFORM_ACCOUNT } from '../version.ts';
import { markup } from './html.ts';
import { notFound, notice, page, redirect, type Page } from './layout.ts';
import { endedPage } from './pay.ts';
import { words } from './words.ts';

interface Pending {
  intent: Stripe.PaymentIntent | Stripe.SetupIntent;
  hidden: Hidden;
}

function find(call: Call, id: string): Pending | undefined {
  const payment = call.store.find('payment_intent', id);
  if (payment) return { intent: payment.object, hidden: payment.hidden };
  const setup = call.store.find('setup_intent', id);
  return setup && { intent: setup.object, hidden: setup.hidden };
}

function sessionOf(call: Call, pending: Pending): Stripe.Checkout.Session | undefined {
  return pending.hidden.session === undefined
    ? undefined
    : call.store.find('checkout.session', pending.hidden.session)?.object;
}

function over(call: Call, pending: Pending): Page {
  const session = sessionOf(call, pending);
  if (session && session.status !== 'open') return endedPage(call.app, session);
  if (session) return redirect(`${call.app.settings.publicUrl}/c/pay/${session.id}`);
  return notice({ title: words.ended.completeTitle, text: words.ended.completeText, status: 200 });
}

/** GET /3ds/:intent */
export function showChallenge(app: App, id: string): Page {
  const call = callOf(app, PLATFORM_ACCOUNT);
  const pending = find(call, id);
  if (!pending) return notFound();
  if (pending.intent.status !== 'requires_action') return over(call, pending);
  const { intent, hidden } = pending;
  const text = words.challenge;
  const what =
    intent.object === 'payment_intent' ? text.amount(formatMinor(intent.amount, intent.currency)) : text.saving;
  const session = sessionOf(call, pending);
  const content = markup`<div class="narrow sheet stack">
    <h1>${text.title}</h1>
    <p>${text.text(app.settings.merchantName, what)}</p>
    <form class="actions" method="post" action="/3ds/${id}">
      <button class="primary" type="submit" name="act" value="complete">${text.complete}</button>
      <button class="secondary" type="submit" name="act" value="fail">${text.fail}</button>
    </form>
    <p class="hint">${text.note}</p>
  </div>`;
  const returnTo = [session?.success_url, hidden.returnUrl, app.settings.publicUrl].filter(
    (address) => typeof address === 'string',
  );
  return page({ title: text.title, content, returnTo });
}

/** Back to the merchant of an intent that no session owns, as Stripe appends it. */
function returnAddress(address: string, intent: Stripe.PaymentIntent): string {
  const target = new URL(address);
  target.searchParams.set('payment_intent', intent.id);
  target.searchParams.set('payment_intent_client_secret', intent.client_secret ?? '');
  target.searchParams.set('redirect_status', intent.status === 'requires_payment_method' ? 'failed' : 'succeeded');
  return target.href;
}

function answerAlone(call: Call, pending: Pending, passed: boolean): Page {
  const { intent, hidden } = pending;
  if (intent.object !== 'payment_intent') return notFound();
  const done = finishChallenge(call, intent, passed).intent;
  if (hidden.returnUrl !== undefined) return redirect(returnAddress(hidden.returnUrl, done));
  return notice({ title: words.ended.completeTitle, text: words.ended.completeText, status: 200 });
}

/** POST /3ds/:intent, in a transaction of the caller. */
export function answerChallenge(app: App, id: string, form: URLSearchParams): Page {
  const call = callOf(app, PLATFORM_ACCOUNT);
  const pending = find(call, id);
  if (!pending) return notFound();
  if (pending.intent.status !== 'requires_action') return over(call, pending);
  const passed = form.get('act') === 'complete';
  const session = sessionOf(call, pending);
  if (!session) return answerAlone(call, pending, passed);
  if (session.status !== 'open') return endedPage(app, session);
  const result = resumeSession(call, session, passed);
  if (result.kind === 'done') return redirect(successAddress(result.session));
  return redirect(`${app.settings.publicUrl}/c/pay/${session.id}?problem=authentication`);
}
