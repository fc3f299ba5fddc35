import { defineModule } from '../../platform/http/module.ts';
import { fold, inEveryRegion, prove, seal } from './tasks.ts';

export const ledger = defineModule({
  name: 'ledger',
  tasks: {
    'ledger.fold': inEveryRegion(fold),
    'ledger.seal': inEveryRegion(seal),
    'ledger.prove': inEveryRegion(prove),
  },
  schedules: [
    { task: 'ledger.fold', everySeconds: 5 },
    { task: 'ledger.seal', everySeconds: 60 },
    { task: 'ledger.prove', everySeconds: 86_400 },
  ],
});
