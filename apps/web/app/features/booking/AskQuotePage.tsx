import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, type FieldWords } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { mapModel } from '../../lib/mapModel.ts';
import { marketOf } from '../../lib/market.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Page, PageHead } from '../../ui/Layout.tsx';
import { Title } from '../../ui/Title.tsx';
import type { Route } from './+types/AskQuotePage';
import './messages.ts';
import { placeWords, readPlace } from './parts/place.ts';
import { PlaceFields } from './parts/PlaceFields.tsx';

export function loader({ context, params, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { regionId } = context.get(pageContext);
    const [service, market] = await Promise.all([
      api.matching.service({ params: { regionId, serviceId: params.serviceId } }),
      marketOf(context),
      api.identity.me(),
    ]);
    return {
      service,
      places: market.places.map(({ placeId, label, point }) => ({ placeId, label, point })),
      map: mapModel(market),
      formKey: crypto.randomUUID(),
    };
  });
}

const words: FieldWords = { fields: placeWords };

export function action({ context, params, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  return act(request, t, words, async (form) => {
    const place = readPlace(form, await marketOf(context), t);
    const { bookingId } = await context.get(apiContext).booking.askQuote({
      idempotencyKey: form.idempotencyKey,
      body: { serviceId: params.serviceId, ...place },
    });
    return redirect(paths.booking(bookingId));
  });
}

export default function AskQuotePage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { service, places, map, formKey } = loaderData;
  const title = t('booking.quote.title', { provider: service.provider.name });
  return (
    <Page width="form">
      <Title>{title}</Title>
      <PageHead
        title={title}
        lead={t('booking.quote.lead')}
        back={{ to: paths.service(service.serviceId), label: service.title }}
      />
      <ActionForm intent="quote" formKey={formKey} failure={failureOf(actionData)}>
        {(form) => (
          <div className="grid gap-5">
            <PlaceFields form={form} places={places} map={map} noteHint={t('booking.quote.note_hint')} />
            <Button size="large" busy={form.busy && t('booking.busy')}>
              {t('booking.quote.submit')}
            </Button>
          </div>
        )}
      </ActionForm>
    </Page>
  );
}
