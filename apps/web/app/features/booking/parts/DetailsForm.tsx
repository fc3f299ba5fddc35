import type { ServicePage } from '@plumbline/contracts/matching';
import type { MoneyValue } from '@plumbline/i18n';
import type { ReactNode } from 'react';
import { ActionForm, failureOf } from '../../../lib/Form.tsx';
import { useT } from '../../../lib/i18n.tsx';
import type { MapModel } from '../../../lib/mapModel.ts';
import { useMe } from '../../../lib/session.ts';
import { paths } from '../../../paths.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { SelectField } from '../../../ui/Field.tsx';
import { ActionBar } from '../../../ui/Layout.tsx';
import { Banner } from '../../../ui/Signs.tsx';
import { choiceQuery, type Choice } from './choice.ts';
import { PlaceFields } from './PlaceFields.tsx';
import type { PlacePoint } from './PointMap.tsx';

interface DetailsFormProps {
  service: ServicePage;
  choice: Choice;
  start: string;
  price: MoneyValue | null;
  places: PlacePoint[];
  map: MapModel;
  formKey: string;
  answer: unknown;
}

const gone = ['booking.slot_taken', 'booking.slot_not_offered', 'booking.day_full'];

export function DetailsForm({
  service,
  choice,
  start,
  price,
  places,
  map,
  formKey,
  answer,
}: DetailsFormProps): ReactNode {
  const t = useT();
  const failure = failureOf(answer);
  return (
    <>
      {failure && gone.includes(failure.code) && (
        <div className="mb-6">
          <Banner
            tone="warn"
            title={t('booking.details.taken.title')}
            action={
              <LinkButton to={paths.book(service.serviceId, choiceQuery(choice))} size="small">
                {t('booking.details.taken.act')}
              </LinkButton>
            }
          >
            {t('booking.details.taken.text')}
          </Banner>
        </div>
      )}
      <ActionForm
        intent="checkout"
        formKey={formKey}
        failure={failure && gone.includes(failure.code) ? { ...failure, faults: [] } : failure}
      >
        {(form) => (
          <div className="grid max-w-form gap-5">
            <input type="hidden" name="start" value={start} />
            <input type="hidden" name="packageId" value={choice.packageId ?? ''} />
            <input type="hidden" name="hours" value={choice.hours ?? ''} />
            <Buyer />
            <PlaceFields form={form} places={places} map={map} noteHint={t('booking.note.hint')} />
            <p className="rounded-control bg-brass-soft p-4 text-14">
              {t('booking.details.money', { provider: service.provider.name })}
            </p>
            <ActionBar>
              <Button size="large" busy={form.busy && t('booking.details.busy')} className="max-lg:w-full">
                {price ? t('booking.details.pay', { money: t.money(price) }) : t('booking.details.go')}
              </Button>
            </ActionBar>
          </div>
        )}
      </ActionForm>
    </>
  );
}

/** Somebody who buys for an organisation says whether this is for it. */
function Buyer(): ReactNode {
  const t = useT();
  const me = useMe();
  const organisations = me?.memberships.filter(({ kind }) => kind === 'enterprise') ?? [];
  if (organisations.length === 0) return null;
  return (
    <SelectField
      name="buyerOrganisationId"
      label={t('booking.buyer')}
      empty={t('booking.buyer.self')}
      defaultValue={organisations[0]?.organisationId}
      options={organisations.map(({ organisationId, organisationName }) => ({
        value: organisationId,
        label: organisationName,
      }))}
    />
  );
}
