import type Stripe from 'stripe';
import type { App } from '../app.ts';
import { cancelAddress } from '../flows/sessions.ts';
import { CARDS, type CardKey } from '../money/cards.ts';
import { formatMinor } from '../money/currency.ts';
import { spaced, type CardForm } from './card-form.ts';
import { markup, type Html } from './html.ts';
import { field, page, problemSummary, type Page, type Problems } from './layout.ts';
import { words } from './words.ts';

export interface PayView {
  app: App;
  session: Stripe.Checkout.Session;
  lines: readonly Stripe.LineItem[];
  /** The bank holds the money; the merchant takes it later. */
  held: boolean;
  form: CardForm;
  problems?: Problems;
  general?: string | undefined;
  status?: number;
}

const text = words.pay;

function lineOf(item: Stripe.LineItem): Html {
  const quantity = (item.quantity ?? 1) > 1 && markup`<small>${text.quantity(item.quantity ?? 1)}</small>`;
  return markup`<li>
    <span>${item.description}${quantity}</span><span>${formatMinor(item.amount_total, item.currency)}</span>
  </li>`;
}

function summary(view: PayView): Html {
  const { session, app } = view;
  const merchant = app.settings.merchantName;
  if (session.mode === 'setup') {
    return markup`<section class="summary">
      <h1>${text.setupTitle(merchant)}</h1>
      <p>${text.setup}</p>
    </section>`;
  }
  const total = formatMinor(session.amount_total ?? 0, session.currency ?? 'gbp');
  return markup`<section class="summary">
    <h1>${text.title(merchant)}</h1>
    <p class="amount">${total}</p>
    <ul class="lines">
      ${view.lines.map(lineOf)}
    </ul>
    <p class="total"><span>${text.total}</span><span>${total}</span></p>
    ${view.held && markup`<p class="hint">${text.hold(merchant)}</p>`}
  </section>`;
}

function cardButton([key, label]: [string, string]): Html {
  const number = CARDS[key as CardKey].number;
  return markup`<li>
    <button type="submit" name="fill" value="${key}" formnovalidate>
      <code>${spaced(number)}</code><span>${label}</span>
    </button>
  </li>`;
}

function fields(form: CardForm, problems: Problems): Html {
  return markup`<div class="fields">
    ${field({ id: 'email', label: text.email, value: form.email, problem: problems['email'], type: 'email', autocomplete: 'email', inputmode: 'email' })}
    ${field({ id: 'number', label: text.number, value: form.number, problem: problems['number'], autocomplete: 'cc-number', inputmode: 'numeric', maxlength: 25 })}
    ${field({ id: 'expiry', label: text.expiry, hint: text.expiryHint, value: form.expiry, problem: problems['expiry'], half: true, autocomplete: 'cc-exp', maxlength: 9 })}
    ${field({ id: 'code', label: text.code, hint: text.codeHint, value: form.code, problem: problems['code'], half: true, autocomplete: 'cc-csc', inputmode: 'numeric', maxlength: 4 })}
    ${field({ id: 'name', label: text.name, value: form.name, problem: problems['name'], autocomplete: 'cc-name' })}
  </div>`;
}

/** The hosted payment page. */
export function payPage(view: PayView): Page {
  const { session, app } = view;
  const problems = view.problems ?? {};
  const setup = session.mode === 'setup';
  const submit = setup
    ? text.submitSetup
    : text.submit(formatMinor(session.amount_total ?? 0, session.currency ?? 'gbp'));
  const back = cancelAddress(session);
  const wrong = Object.keys(problems).length > 0 || view.general !== undefined;
  const title = setup ? text.setupTitle(app.settings.merchantName) : text.title(app.settings.merchantName);
  const content = markup`<div class="columns">
    ${summary(view)}
    <form class="sheet" method="post" action="/c/pay/${session.id}" novalidate>
      ${problemSummary(problems, view.general)}
      <fieldset>
        <legend>${setup ? text.setupLegend : text.legend}</legend>
        ${fields(view.form, problems)}
      </fieldset>
      <div class="actions"><button class="primary" type="submit" name="act" value="pay">${submit}</button></div>
      ${back !== null && markup`<p class="cancel"><a href="${back}">${setup ? text.cancelSetup : text.cancel}</a></p>`}
      <section class="cards">
        <h2>${text.cardsTitle}</h2>
        <p class="hint">${text.cardsHint}</p>
        <ul>
          ${Object.entries(text.cards).map(cardButton)}
        </ul>
      </section>
    </form>
  </div>`;
  return page({
    title: wrong ? `${words.errorPrefix}${title}` : title,
    content,
    status: view.status ?? 200,
    returnTo: [session.success_url, session.cancel_url, app.settings.publicUrl].filter((address) => address !== null),
  });
}
