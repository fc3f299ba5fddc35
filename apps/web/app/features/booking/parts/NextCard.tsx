import type { BookingView } from '@plumbline/contracts/booking';
import type { MessageKey } from '@plumbline/i18n';
import type { ReactNode } from 'react';
import type { Failure } from '../../../lib/act.ts';
import { ActionForm } from '../../../lib/Form.tsx';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { Button, LinkButton, TextLink, type ButtonTone } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Layout.tsx';
import { Banner } from '../../../ui/Signs.tsx';
import { ZonedSpan, ZonedTime } from '../../../ui/Text.tsx';
import type { ActPage } from '../acts/names.ts';
import { isMyTurn, nextText, whoActs } from './words.ts';

interface NextCardProps {
  booking: BookingView;
  now: string;
  formKey: string;
  failure: Failure | undefined;
}

/** Whose turn it is, what for and until when, and everything that the reader may do now. */
export function NextCard({ booking, now, formKey, failure }: NextCardProps): ReactNode {
  const t = useT();
  const mine = isMyTurn(booking);
  const over = booking.next === null;
  return (
    <Card className={mine ? 'border-brass-deep' : undefined}>
      <h2 className="text-18">{t(over ? 'booking.next.over' : mine ? 'booking.next.mine' : 'booking.next.title')}</h2>
      {!over && (
        <p className="mt-1.5 text-18">
          <strong className="font-strong">{whoActs(t, booking)}</strong> {nextText(t, booking)}
        </p>
      )}
      {booking.next?.by && (
        <p className="mt-0.5 text-ink-muted">
          {t(booking.next.act === 'start' ? 'booking.on' : 'booking.by')}{' '}
          <ZonedTime moment={booking.next.by} now={now} />
        </p>
      )}
      {over && <p className="mt-1.5">{t(`booking.over.${booking.state}` as MessageKey)}</p>}
      {booking.proposal && <Proposal booking={booking} now={now} />}
      {over && booking.alternatives.length > 0 && <Alternatives booking={booking} now={now} />}
      <Acts booking={booking} formKey={formKey} failure={failure} />
    </Card>
  );
}

function Proposal({ booking, now }: { booking: BookingView; now: string }): ReactNode {
  const t = useT();
  const { proposal, window, timeZone } = booking;
  if (!proposal) return null;
  return (
    <div className="mt-4">
      <Banner tone="brass" title={t(`booking.proposal.${proposal.by}`)}>
        <ZonedSpan
          window={{ from: proposal.window.start.at, to: proposal.window.end.at, zone: timeZone }}
          now={now}
          className="font-strong"
        />
        {window && (
          <p className="text-14 text-ink-muted">
            {t('booking.proposal.instead')}{' '}
            <ZonedSpan window={{ from: window.start.at, to: window.end.at, zone: timeZone }} zone={false} now={now} />
          </p>
        )}
        {proposal.note && (
          <p className="mt-1">
            <bdi>{proposal.note}</bdi>
          </p>
        )}
      </Banner>
    </div>
  );
}

function Alternatives({ booking, now }: { booking: BookingView; now: string }): ReactNode {
  const t = useT();
  const { serviceId } = booking;
  if (!serviceId || booking.part !== 'customer') return null;
  return (
    <div className="mt-4">
      <p className="font-strong">{t('booking.alternatives')}</p>
      <ul className="mt-2 flex flex-wrap gap-2">
        {booking.alternatives.map(({ start }) => (
          <li key={start.at}>
            <LinkButton to={paths.book(serviceId, { start: start.at, hours: booking.hours })} tone="quiet" size="small">
              <ZonedTime moment={start} zone={false} now={now} />
            </LinkButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

type Press = { intent: string; label: MessageKey; tone?: ButtonTone; fields?: Record<string, string> };
type Page = { page: ActPage; label: MessageKey; tone?: ButtonTone };

/** One press, one page, in the order in which they matter. The first is the primary act. */
function pressesOf(booking: BookingView): Press[] {
  const { can, proposal, assignments } = booking;
  const open = assignments.find(({ state }) => state === 'offered');
  const proposalId = proposal?.proposalId ?? '';
  const all: (Press | false | undefined)[] = [
    can.pay && { intent: 'pay', label: 'booking.act.pay' },
    can.answerTime && { intent: 'time-accept', label: 'booking.act.time_accept', fields: { proposalId } },
    can.answerTime && { intent: 'time-decline', label: 'booking.act.time_decline', fields: { proposalId } },
    can.confirm && { intent: 'confirm', label: 'booking.act.confirm' },
    can.answerAssignment &&
      booking.part === 'lead' &&
      open && {
        intent: 'assignment-accept',
        label: 'booking.act.assignment_accept',
        fields: { assignmentId: open.assignmentId },
      },
    can.start && booking.part === 'lead' && { intent: 'start', label: 'booking.act.start' },
    can.accept && { intent: 'accept', label: 'booking.act.accept' },
    can.withdrawTime && { intent: 'time-withdraw', label: 'booking.act.time_withdraw', fields: { proposalId } },
  ];
  return all.filter((press) => typeof press === 'object');
}

function pagesOf({ can, part }: BookingView): Page[] {
  const all: (Page | false)[] = [
    can.sendQuote && { page: 'quote', label: 'booking.act.quote' },
    can.start && part !== 'lead' && { page: 'start', label: 'booking.act.start' },
    can.complete && { page: 'completion', label: 'booking.act.complete' },
    can.resolveProblem && { page: 'resolution', label: 'booking.act.resolve' },
    can.answerAssignment && { page: 'assignment', label: 'booking.act.assignment_decline' },
    can.assign && { page: 'team', label: 'booking.act.assign' },
    can.proposeTime && { page: 'time', label: 'booking.act.time' },
    can.reportProblem && { page: 'problem', label: 'booking.act.problem' },
    can.reportAbsence && { page: 'absence', label: 'booking.act.absence' },
    can.decline && { page: 'refusal', label: 'booking.act.decline' },
    can.cancel && { page: 'cancellation', label: 'booking.act.cancel' },
  ];
  return all.filter((page) => typeof page === 'object');
}

/** Acts that are the point of the moment when no simple press is. */
const leading: readonly ActPage[] = ['quote', 'start', 'completion', 'resolution'];

function Acts({ booking, formKey, failure }: Omit<NextCardProps, 'now'>): ReactNode {
  const t = useT();
  const presses = pressesOf(booking);
  const pages = pagesOf(booking);
  if (presses.length + pages.length === 0) return null;
  const money = booking.price ? t.money(booking.price) : '';
  const first = presses.length === 0 ? pages.find(({ page }) => leading.includes(page)) : undefined;
  const rest = pages.filter((page) => page !== first);
  return (
    <div className="mt-5 grid gap-4">
      <div className="flex flex-wrap gap-3">
        {presses.map((press, index) => (
          <ActionForm
            key={press.intent}
            intent={press.intent}
            formKey={formKey}
            failure={failure}
            className="max-sm:w-full"
          >
            {({ busy }) => (
              <>
                <input type="hidden" name="version" value={booking.version} />
                {Object.entries(press.fields ?? {}).map(([name, value]) => (
                  <input key={name} type="hidden" name={name} value={value} />
                ))}
                <Button
                  tone={index === 0 ? 'action' : 'quiet'}
                  busy={busy && t('booking.busy')}
                  className="max-sm:w-full"
                >
                  {t(press.label, { money })}
                </Button>
              </>
            )}
          </ActionForm>
        ))}
        {first && (
          <LinkButton to={paths.bookingAct(booking.bookingId, first.page)} className="max-sm:w-full">
            {t(first.label)}
          </LinkButton>
        )}
      </div>
      {rest.length > 0 && (
        <ul className="flex flex-wrap gap-x-5 gap-y-2 border-t border-line pt-4">
          {rest.map(({ page, label }) => (
            <li key={page}>
              <TextLink
                to={paths.bookingAct(booking.bookingId, page)}
                className="inline-flex min-h-8 items-center font-medium"
              >
                {t(label)}
              </TextLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
