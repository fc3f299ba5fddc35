import type { ClaimView } from '@plumbline/contracts/calendar';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Failure } from '../../../lib/act.ts';
import { ActionForm } from '../../../lib/Form.tsx';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { Button } from '../../../ui/Button.tsx';
import { cx } from '../../../ui/cx.ts';

export interface ClaimForm {
  formKey: string;
  failure: Failure | undefined;
}

/** A piece of taken time: a booking leads to its page, a block of one's own can be removed. */
export function Claim({ claim, name, form }: { claim: ClaimView; name?: string; form: ClaimForm }): ReactNode {
  const t = useT();
  const block = claim.kind === 'block';
  return (
    <div
      className={cx(
        'relative rounded-control border-s-4 px-2.5 py-1.5 text-14 leading-snug',
        block ? 'border-line-strong bg-sunk' : 'border-action bg-action-soft',
        claim.state === 'held' && 'border-dashed',
      )}
    >
      <p className="font-strong tabular-nums">
        {t('work.calendar.open', { from: t.time(claim.from), to: t.time(claim.to) })}
      </p>
      <p className="text-ink">
        {claim.bookingId ? (
          <Link
            to={paths.booking(claim.bookingId)}
            className="before:absolute before:inset-0 before:rounded-control hover:underline hover:underline-offset-2"
          >
            {claim.label}
          </Link>
        ) : (
          claim.label
        )}
      </p>
      {(name || claim.state === 'held' || block) && (
        <p className="text-ink-muted">
          {[name, claim.state === 'held' && t('work.calendar.held'), block && t('work.calendar.block')]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {block && claim.can.remove && (
        <ActionForm intent={`unblock.${claim.claimId}`} formKey={form.formKey} failure={form.failure}>
          {() => (
            <>
              <input type="hidden" name="resourceId" value={claim.resourceId} />
              <input type="hidden" name="claimId" value={claim.claimId} />
              <Button
                tone="plain"
                aria-label={t('work.calendar.unblock.name', { label: claim.label })}
                className="text-14"
              >
                {t('work.calendar.unblock')}
              </Button>
            </>
          )}
        </ActionForm>
      )}
    </div>
  );
}
