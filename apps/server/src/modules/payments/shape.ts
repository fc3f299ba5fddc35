import type { Money, ZonedInstant } from '@plumbline/contracts/common';

/** An amount as it crosses the wire. */
export const money =
  (currency: string) =>
  (minor: bigint): Money => ({ minor: minor.toString(), currency });

/** A moment with the zone in which people should read it. */
export const moment = (at: Date, zone: string): ZonedInstant => ({ at: at.toISOString(), zone });
