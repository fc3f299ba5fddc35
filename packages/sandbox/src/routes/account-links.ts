import { must, oneOf, shape, text, url } from '../http/params.ts';
import { route } from '../http/route.ts';
import { token } from '../ids.ts';
import { own } from '../store/lookup.ts';

/** A link lives for an hour and for one finished onboarding. */
const LIFETIME = 3600;

const create = route(
  'POST',
  '/v1/account_links',
  {
    account: must(text()),
    collect: oneOf('currently_due', 'eventually_due'),
    collection_options: shape({
      fields: oneOf('currently_due', 'eventually_due'),
      future_requirements: oneOf('include', 'omit'),
    }),
    refresh_url: must(url),
    return_url: must(url),
    type: must(oneOf('account_onboarding', 'account_update')),
  },
  (call, params) => {
    const { object: account, hidden } = own(call, 'account', params.account, 'account');
    const key = token(24);
    const expiresAt = call.now + LIFETIME;
    const onboarding = { key, returnUrl: params.return_url, refreshUrl: params.refresh_url, expiresAt };
    call.store.update('account', account, { ...hidden, onboarding });
    return {
      object: 'account_link',
      created: call.now,
      expires_at: expiresAt,
      url: `${call.app.settings.publicUrl}/onboarding/${account.id}?key=${key}`,
    };
  },
);

export const accountLinkRoutes = [create];
