import type { EarningsView } from '@plumbline/contracts/payments';
import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import { may, useMe } from '../../../lib/session.ts';
import { paths } from '../../../paths.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Layout.tsx';
import { Banner, type Tone } from '../../../ui/Signs.tsx';
import { Money } from '../../../ui/Text.tsx';

type Waiting = NonNullable<EarningsView['nextPayout']['waiting']>;

const remedies: Partial<Record<Waiting['reason'], 'payments' | 'documents'>> = {
  account_missing: 'payments',
  account_incomplete: 'payments',
  method_failed: 'payments',
  verification_missing: 'documents',
};

const tones: Partial<Record<Waiting['reason'], Tone>> = {
  nothing_available: 'plain',
  below_minimum: 'plain',
  method_too_new: 'info',
  frozen: 'bad',
  method_failed: 'bad',
};

/** Nothing is wrong: there is only too little yet. */
const calm: readonly Waiting['reason'][] = ['nothing_available', 'below_minimum'];

/** When the next payout goes out and how much would be in it, or why it waits and what ends that. */
export function NextPayout({ next, now }: { next: EarningsView['nextPayout']; now: string }): ReactNode {
  const t = useT();
  return (
    <Card className="grid gap-4">
      <div>
        <h2 className="text-16 font-medium text-ink-muted">{t('earnings.next')}</h2>
        <p className="heading mt-1 text-22">{t.moment(next.at, { zone: false, now })}</p>
      </div>
      <p className="flex items-baseline justify-between gap-4 border-t border-line pt-3">
        <span className="text-ink-muted">{t('earnings.next.amount')}</span>
        <Money amount={next.amount} className="heading text-18" />
      </p>
      {next.waiting ? (
        <Wait waiting={next.waiting} now={now} />
      ) : (
        <p className="text-14 text-ink-muted">{t('earnings.next.goes')}</p>
      )}
    </Card>
  );
}

function Wait({ waiting: { reason, until }, now }: { waiting: Waiting; now: string }): ReactNode {
  const t = useT();
  const me = useMe();
  const remedy = remedies[reason];
  const allowed = remedy && may(me, remedy === 'payments' ? 'payment-account:manage' : 'verification:submit');
  return (
    <Banner
      tone={tones[reason] ?? 'warn'}
      title={t(calm.includes(reason) ? 'earnings.next.nothing' : 'earnings.next.waits')}
      action={
        allowed && (
          <LinkButton to={paths.studioPart(remedy)} size="small">
            {t(`earnings.wait.${remedy}`)}
          </LinkButton>
        )
      }
    >
      <p>
        {t(`earnings.wait.${reason}`)}{' '}
        {until && t('earnings.wait.until', { when: t.moment(until, { zone: false, now }) })}
      </p>
    </Banner>
  );
}
