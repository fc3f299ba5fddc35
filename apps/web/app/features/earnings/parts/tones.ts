import type { PayoutView } from '@plumbline/contracts/payments';
import type { Tone } from '../../../ui/Signs.tsx';

const tones: Record<PayoutView['state'], Tone> = {
  draft: 'warn',
  approved: 'info',
  submitted: 'info',
  in_transit: 'brass',
  paid: 'good',
  failed: 'bad',
  returned: 'bad',
  unknown: 'warn',
};

export const payoutTone = (state: PayoutView['state']): Tone => tones[state];
