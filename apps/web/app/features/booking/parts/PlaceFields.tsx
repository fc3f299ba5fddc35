import type { ReactNode } from 'react';
import { useT } from '../../../lib/i18n.tsx';
import type { FormState } from '../../../lib/Form.tsx';
import type { MapModel } from '../../../lib/mapModel.ts';
import { SelectField, TextArea, TextField } from '../../../ui/Field.tsx';
import { PointMap, type PlacePoint } from './PointMap.tsx';

interface PlaceFieldsProps {
  form: FormState;
  places: PlacePoint[];
  map: MapModel;
  noteHint: string;
}

/** Where the work is: an address to knock at, and a point that decides who comes there. */
export function PlaceFields({ form: { error, value }, places, map, noteHint }: PlaceFieldsProps): ReactNode {
  const t = useT();
  return (
    <>
      <TextField
        name="address.line1"
        label={t('booking.address.line1')}
        autoComplete="address-line1"
        required
        error={error('address.line1')}
        defaultValue={value('address.line1')}
      />
      <TextField
        name="address.line2"
        label={t('booking.address.line2')}
        autoComplete="address-line2"
        error={error('address.line2')}
        defaultValue={value('address.line2')}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          name="address.town"
          label={t('booking.address.town')}
          autoComplete="address-level2"
          required
          error={error('address.town')}
          defaultValue={value('address.town', map.city)}
        />
        <TextField
          name="address.postcode"
          label={t('booking.address.postcode')}
          autoComplete="postal-code"
          required
          error={error('address.postcode')}
          defaultValue={value('address.postcode')}
        />
      </div>
      <SelectField
        name="place"
        label={t('booking.place')}
        hint={t('booking.place.hint')}
        empty={t('booking.place.from_postcode')}
        options={places.map(({ placeId, label }) => ({ value: placeId, label }))}
        error={error('place')}
        defaultValue={value('place') ?? ''}
      />
      <PointMap map={map} places={places} />
      <TextArea
        name="note"
        label={t('booking.note')}
        hint={noteHint}
        maxLength={2000}
        error={error('note')}
        defaultValue={value('note')}
      />
    </>
  );
}
