import type { PaymentAccountView } from '@plumbline/contracts/payments';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act } from '../../lib/act.ts';
import { companyFor } from '../../lib/company.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { useLive } from '../../lib/live.ts';
import { load } from '../../lib/load.ts';
import { may, useMe } from '../../lib/session.ts';
import { paths } from '../../paths.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Card } from '../../ui/Layout.tsx';
import { Banner } from '../../ui/Signs.tsx';
import type { Route } from './+types/PaymentsPage';
import './messages.ts';
import { StudioFrame } from './parts/StudioForm.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { now, liveCursor } = context.get(pageContext);
    const { organisationId } = await companyFor(api);
    const account = await api.payments.account({ params: { organisationId } });
    const back = new URL(request.url).searchParams.get('back') !== null;
    return { account, back, now, liveCursor, formKey: crypto.randomUUID() };
  });
}

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const api = context.get(apiContext);
  return act(request, t, {}, async () => {
    const { organisationId } = await companyFor(api);
    const returnPath = paths.studioPart('payments', { back: 1 });
    const { url } = await api.payments.startAccount({ params: { organisationId }, body: { returnPath } });
    return redirect(url);
  });
}

const verbs = { missing: 'start', incomplete: 'continue', ready: 'change' } as const;

export default function PaymentsPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const me = useMe();
  const { account, back, now, liveCursor, formKey } = loaderData;
  useLive([`organisation:${account.organisationId}`], liveCursor);
  const ready = account.state === 'ready';
  return (
    <StudioFrame title={t('studio.payments.title')} lead={t('studio.payments.lead')}>
      {back && !ready && (
        <div className="mb-6">
          <Banner title={t('studio.payments.back')} />
        </div>
      )}
      <Card className="grid gap-5">
        <State account={account} now={now} />
        {may(me, 'payment-account:manage') ? (
          <ActionForm intent="start" formKey={formKey} failure={failureOf(actionData)} reloadDocument>
            {({ busy }) => (
              <div className="grid gap-2">
                <div className="flex flex-wrap gap-3">
                  <Button
                    tone={ready ? 'quiet' : 'action'}
                    size="large"
                    busy={busy && t('studio.payments.busy')}
                    className="max-sm:w-full"
                  >
                    {t(`studio.payments.${verbs[account.state]}`)}
                  </Button>
                  {ready && (
                    <LinkButton to={paths.studio()} size="large" className="max-sm:w-full">
                      {t('studio.back')}
                    </LinkButton>
                  )}
                </div>
                <p className="text-14 text-ink-muted">{t('studio.payments.leaves')}</p>
              </div>
            )}
          </ActionForm>
        ) : (
          <p className="text-ink-muted">{t('studio.payments.forbidden')}</p>
        )}
      </Card>
    </StudioFrame>
  );
}

function State({ account, now }: { account: PaymentAccountView; now: string }): ReactNode {
  const t = useT();
  const { state, bank, payableFrom, requirements } = account;
  return (
    <div className="flex gap-4">
      <span
        aria-hidden="true"
        className="grid size-12 shrink-0 place-items-center rounded-control bg-brass-soft text-brass-ink"
      >
        <Icon name={state === 'ready' ? 'check' : 'bank'} size={24} />
      </span>
      <div className="min-w-0">
        <h2 className="text-18">{t(`studio.payments.${state}`)}</h2>
        {state === 'missing' && <p className="mt-1">{t('studio.payments.missing.text')}</p>}
        {state === 'incomplete' && <Requirements requirements={requirements} />}
        {state === 'ready' && bank && (
          <p className="mt-1">
            {t('studio.payments.ready.text', { bank: bank.name ?? t('studio.payments.ready.bank'), last4: bank.last4 })}
          </p>
        )}
        {payableFrom && payableFrom.at > now && (
          <p className="mt-1 text-ink-muted">{t('studio.payments.from', { when: t.moment(payableFrom, { now }) })}</p>
        )}
      </div>
    </div>
  );
}

function Requirements({ requirements }: Pick<PaymentAccountView, 'requirements'>): ReactNode {
  const t = useT();
  if (requirements.length === 0) return <p className="mt-1">{t('studio.payments.incomplete.plain')}</p>;
  return (
    <>
      <p className="mt-1">{t('studio.payments.incomplete.text')}</p>
      <ul className="mt-1 list-disc ps-5 marker:text-brass-deep">
        {needsOf(requirements).map((need) => (
          <li key={need}>{t(`studio.payments.need.${need}`)}</li>
        ))}
      </ul>
    </>
  );
}

type Need = 'business' | 'person' | 'bank' | 'terms' | 'other';

/** The partner names single fields; people are told what to have at hand. */
const needs: readonly [RegExp, Need][] = [
  [/^business_(type|profile)/, 'business'],
  [/^(company|individual|representative|owners|person)/, 'person'],
  [/^external_account/, 'bank'],
  [/^tos_acceptance/, 'terms'],
];

const needsOf = (requirements: readonly string[]): Need[] => [
  ...new Set(requirements.map((name) => needs.find(([pattern]) => pattern.test(name))?.[1] ?? 'other')),
];
