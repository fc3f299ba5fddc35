import { currencyOf } from '@plumbline/money';
import { callKey } from './psp/find.ts';
import type { Metadata, Sum } from './psp/objects.ts';
import type { CallRow } from './psp/store.ts';

/** An amount as the parameters of a call hold it: JSON has no big integers. */
export const money = (minor: string, currency: string): Sum => ({
  minor: BigInt(minor),
  currency: currencyOf(currency),
});

/** What every object at the PSP carries: the call that made it, and whose market it is in. */
export const objectOf = (call: CallRow): Metadata => ({ [callKey]: call.id, plumbline_region: call.region_id });
