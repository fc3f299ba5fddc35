/**
 * The numbers of a market: versioned per region, changed only by an audited act. These are the defaults with which
 * a region is founded. Durations carry their unit in the name, shares are basis points (1 % = 100), money is in
 * minor units of the region's currency.
 */
export interface PolicyNumbers {
  commissionBp: number;
  vatBp: number;
  paymentMinutes: number;
  requestHours: number;
  requestHoursBeforeStart: number;
  silenceHours: number;
  holdDays: number;
  longHoldDays: number;
  longHoldAboveMinor: string;
  twoPersonAboveMinor: string;
  cancellation: {
    freeHoursBeforeStart: number;
    freeMinutesAfterConfirmation: number;
    lateHoursBeforeStart: number;
    earlyFeeBp: number;
    lateFeeBp: number;
    noShowFeeBp: number;
  };
  noShowMinutesAfterStart: number;
  farAheadDays: number;
  chargeSavedCardDaysBefore: number;
  payAgainHours: number;
  quoteHours: number;
  onDemand: { crewsPerWave: number; waveSeconds: number; minutes: number };
  payout: { minimumMinor: string; methodAgeHours: number };
  penaltyPointDays: number;
}

export const defaultNumbers: PolicyNumbers = {
  commissionBp: 1200,
  vatBp: 2000,
  paymentMinutes: 15,
  requestHours: 24,
  requestHoursBeforeStart: 2,
  silenceHours: 72,
  holdDays: 3,
  longHoldDays: 7,
  longHoldAboveMinor: '250000',
  twoPersonAboveMinor: '2500000',
  cancellation: {
    freeHoursBeforeStart: 48,
    freeMinutesAfterConfirmation: 15,
    lateHoursBeforeStart: 6,
    earlyFeeBp: 1000,
    lateFeeBp: 5000,
    noShowFeeBp: 5000,
  },
  noShowMinutesAfterStart: 20,
  farAheadDays: 60,
  chargeSavedCardDaysBefore: 2,
  payAgainHours: 24,
  quoteHours: 48,
  onDemand: { crewsPerWave: 3, waveSeconds: 90, minutes: 15 },
  payout: { minimumMinor: '1000', methodAgeHours: 24 },
  penaltyPointDays: 90,
};

/** Requests per minute unless told otherwise; enforced on real time. */
export const rateLimits = {
  anonymousPerMinute: 60,
  signedInPerMinute: 300,
  signInPerAccountPer15Minutes: 5,
  signInPerNetworkPerHour: 20,
  messagePerMinute: 30,
  moneyPerMinute: 20,
  bodyBytes: 1_048_576,
  uploadBytes: 10_485_760,
} as const;
