import type { BookingSummary } from '@plumbline/contracts/booking';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, FormFault, type FieldWords, type Form } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { useLive } from '../../lib/live.ts';
import { load, unless } from '../../lib/load.ts';
import { may, useMe } from '../../lib/session.ts';
import { paths } from '../../paths.ts';
import { LinkButton, TextLink } from '../../ui/Button.tsx';
import { Page, PageHead, Section } from '../../ui/Layout.tsx';
import { LinkChip } from '../../ui/Signs.tsx';
import { Title } from '../../ui/Title.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import { BookingRow } from '../booking/index.ts';
import type { Route } from './+types/WorkPage';
import './messages.ts';
import { groupNames, groupsOf, type GroupName } from './parts/groups.ts';
import { OfferCard } from './parts/OfferCard.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const { booking } = context.get(apiContext);
    const { now, liveCursor } = context.get(pageContext);
    const cursor = new URL(request.url).searchParams.get('cursor') ?? undefined;
    const [open, over, calls] = await Promise.all([
      booking.list({ query: { view: 'work', group: 'open', limit: 100, ...(cursor && { cursor }) } }),
      booking.list({ query: { view: 'work', group: 'over', limit: 3 } }),
      // Who only looks after the money has no calls to answer.
      unless('access.forbidden', booking.offers()),
    ]);
    return { open, over: over.items, calls: calls ?? null, cursor: cursor ?? null, now, liveCursor, formKey: crypto.randomUUID() };
  });
}

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const { booking } = context.get(apiContext);
  return act(request, t, {}, async (form) => {
    const params = { offerId: form.intent };
    const reason = form.maybe(`reason-${form.intent}`);
    const because = reason ? { reason } : {};
    return act(request.clone(), t, wordsOf(form), async () => {
      if (form.text('answer') === 'decline') {
        await booking.declineOffer({ params, body: because });
        return redirect(paths.work());
      }
      const arrivalMinutes = Number(form.text(`arrival-${form.intent}`));
      if (!arrivalMinutes) throw new FormFault({ field: `arrival-${form.intent}`, message: t('work.error.arrival') });
      const taken = await booking.acceptOffer({
        params,
        body: { arrivalMinutes, ...because },
        idempotencyKey: form.idempotencyKey,
      });
      return redirect(paths.booking(taken.bookingId));
    });
  });
}
