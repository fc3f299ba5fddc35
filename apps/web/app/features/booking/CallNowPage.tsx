import { categories, isCategoryId } from '@plumbline/domain/categories';
import { toDecimal } from '@plumbline/i18n/money';
import type { ReactNode } from 'react';
import { Form, redirect } from 'react-router';
import { act, FormFault, type FieldWords } from '../../lib/act.ts';
import { parseAmount } from '../../lib/amount.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { mapModel } from '../../lib/mapModel.ts';
import { marketOf } from '../../lib/market.ts';
import { paths } from '../../paths.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { SelectField, TextField } from '../../ui/Field.tsx';
import { Card, Page, PageHead } from '../../ui/Layout.tsx';
import { Title } from '../../ui/Title.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import type { Route } from './+types/CallNowPage';
import './messages.ts';
import { placeWords, readPlace } from './parts/place.ts';
import { PlaceFields } from './parts/PlaceFields.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { regionId } = context.get(pageContext);
    const search = new URL(request.url).searchParams;
    const wanted = search.get('category') ?? '';
    const category = isCategoryId(wanted) ? wanted : null;
    const market = await marketOf(context);
    const place = market.places.find(({ placeId }) => placeId === search.get('near')) ?? null;
    const asked = category && place;
    if (asked) await api.identity.me();
    const quote = asked
      ? await api.booking.onDemandQuote({ params: { regionId }, query: { categoryId: category, ...place.point } })
      : null;
    return {
      category,
      place: place?.placeId ?? null,
      quote,
      currency: market.currency,
      places: market.places.map(({ placeId, label, point }) => ({ placeId, label, point })),
      map: mapModel(market),
      formKey: crypto.randomUUID(),
    };
  });
}

const words: FieldWords = {
  fields: { ...placeWords, ceilingMinor: 'booking.error.amount' },
  codes: { 'booking.ceiling_too_low': 'ceilingMinor' },
};

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  return act(request, t, words, async (form) => {
    const market = await marketOf(context);
    const ceilingMinor = parseAmount(form.text('ceilingMinor'), market.currency);
    if (!ceilingMinor) throw new FormFault({ field: 'ceilingMinor', message: t('booking.error.amount') });
    const paid = await context.get(apiContext).booking.callOnDemand({
      idempotencyKey: form.idempotencyKey,
      body: { categoryId: form.text('categoryId'), ...readPlace(form, market, t), ceilingMinor },
    });
    return redirect(paid.paymentUrl);
  });
}

/** Help within minutes: what and where, then the price range, then the ceiling to reserve. */
export default function CallNowPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { quote } = loaderData;
  return (
    <Page width="form">
      <Title>{t('booking.now.title')}</Title>
      <PageHead
        title={t('booking.now.title')}
        lead={t('booking.now.lead')}
        back={{ to: paths.explore(), label: t('shell.nav.explore') }}
      />
      <Question {...loaderData} />
      {quote && quote.crews === 0 && (
        <div className="mt-8">
          <EmptyState
            drawing="work"
            title={t('booking.now.none')}
            action={
              <LinkButton to={paths.explore({ category: loaderData.category, place: loaderData.place })}>
                {t('booking.now.none_act')}
              </LinkButton>
            }
          />
        </div>
      )}
      {quote && quote.crews > 0 && <Call {...loaderData} quote={quote} answer={actionData} />}
    </Page>
  );
}

type Data = Route.ComponentProps['loaderData'];

function Question({ category, place, places }: Data): ReactNode {
  const t = useT();
  return (
    <Form className="grid items-end gap-4 sm:grid-cols-[1fr_1fr_auto]">
      <SelectField
        name="category"
        label={t('booking.now.what')}
        defaultValue={category ?? 'plumbing'}
        options={categories.map(({ id }) => ({ value: id, label: t(`category.${id}`) }))}
      />
      <SelectField
        name="near"
        label={t('booking.now.where')}
        defaultValue={place ?? ''}
        empty={t('booking.now.choose')}
        options={places.map(({ placeId, label }) => ({ value: placeId, label }))}
      />
      <Button tone={category && place ? 'quiet' : 'action'}>{t('booking.now.ask')}</Button>
    </Form>
  );
}

function Call({
  quote,
  category,
  place,
  currency,
  places,
  map,
  formKey,
  answer,
}: Data & { quote: NonNullable<Data['quote']>; answer: unknown }): ReactNode {
  const t = useT();
  const ceiling = quote.ceiling ? toDecimal(quote.ceiling) : '';
  return (
    <>
      <Card className="my-8">
        <p className="heading text-22">
          {quote.low && quote.high
            ? t('booking.now.range', {
                low: t.money(quote.low, { short: true }),
                high: t.money(quote.high, { short: true }),
              })
            : ''}
        </p>
        <p className="mt-1 text-ink-muted">{t('booking.now.crews', { n: quote.crews, minutes: quote.waitMinutes })}</p>
      </Card>
      <ActionForm intent="call" formKey={formKey} failure={failureOf(answer)}>
        {(form) => (
          <div className="grid gap-5">
            <input type="hidden" name="categoryId" value={category ?? ''} />
            <TextField
              name="ceilingMinor"
              label={t('booking.now.ceiling')}
              hint={t('booking.now.ceiling.hint')}
              inputMode="decimal"
              suffix={currency}
              error={form.error('ceilingMinor')}
              defaultValue={form.value('ceilingMinor', ceiling)}
              className="max-w-60"
            />
            <PlaceFields
              form={{ ...form, value: (name, first) => form.value(name, name === 'place' ? place : first) }}
              places={places}
              map={map}
              noteHint={t('booking.note.hint')}
            />
            <Button size="large" busy={form.busy && t('booking.details.busy')}>
              {t('booking.now.submit')}
            </Button>
          </div>
        )}
      </ActionForm>
    </>
  );
}
