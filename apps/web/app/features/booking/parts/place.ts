import type { Translator } from '@plumbline/i18n/translator';
import type { MarketView } from '@plumbline/contracts/zones';
import { FormFault, type FieldWords, type Form } from '../../../lib/act.ts';
import type { LatLng } from '../../../lib/map.ts';
import { outcodeOf } from './outcode.ts';

/** Where the work is, as the form asks for it. */
export interface PlaceInput {
  address: { line1: string; line2?: string; town: string; postcode: string };
  point: LatLng;
  note?: string;
}

export const placeWords: NonNullable<FieldWords['fields']> = {
  'address/line1': 'booking.error.line1',
  'address/town': 'booking.error.town',
  'address/postcode': 'booking.error.postcode',
  point: 'booking.error.point',
  note: 'booking.error.note',
};

/**
 * Reads address and point. The point is the one set on the map, else the chosen place, else the middle of the
 * postcode's district: people who know their postcode need not find themselves on a map.
 */
export function readPlace(form: Form, market: MarketView, t: Translator): PlaceInput {
  const address = {
    line1: form.text('address.line1'),
    town: form.text('address.town'),
    postcode: form.text('address.postcode').toUpperCase(),
  };
  const line2 = form.maybe('address.line2');
  const note = form.maybe('note');
  const point = pointOf(form, market, address.postcode);
  const faults = [
    !address.line1 && { field: 'address.line1', message: t('booking.error.line1') },
    !address.town && { field: 'address.town', message: t('booking.error.town') },
    !address.postcode && { field: 'address.postcode', message: t('booking.error.postcode') },
    !point && address.postcode && { field: 'place', message: t('booking.error.point') },
  ].filter((fault) => typeof fault === 'object');
  if (faults.length > 0 || !point) throw new FormFault(...faults);
  return { address: { ...address, ...(line2 && { line2 }) }, point, ...(note && { note }) };
}

function pointOf(form: Form, market: MarketView, postcode: string): LatLng | undefined {
  const lat = Number(form.text('lat'));
  const lng = Number(form.text('lng'));
  if (form.text('lat') && Number.isFinite(lat) && Number.isFinite(lng)) return { lat, lng };
  const chosen = form.text('place') || outcodeOf(postcode);
  return market.places.find((place) => place.placeId.toUpperCase() === chosen.toUpperCase())?.point;
}
