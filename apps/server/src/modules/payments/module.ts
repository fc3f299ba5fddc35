import { defineModule } from '../../platform/http/module.ts';
import { openDemoAccounts, openDemoAccountsTask, openDemoAccountTask, seedAccounts } from './account/demo.ts';
import { checkChanged } from './check/service.ts';
import { closeTask } from './checkout/close.ts';
import { mayHear } from './order/read.ts';
import { releaseDeadline } from './order/work.ts';
import { release } from './payout/release.ts';
import { ensureRuns, morning, runDeadline, runTask } from './payout/run.ts';
import { callTask } from './psp/intent.ts';
import { routes } from './routes.ts';
import * as tasks from './tasks.ts';
import { webhookTask } from './webhook/receive.ts';

export const payments = defineModule({
  name: 'payments',
  routes,
  tasks: {
    [callTask]: tasks.call,
    [webhookTask]: tasks.webhook,
    [closeTask]: tasks.closeCheckouts,
    [runTask]: tasks.payoutRun,
    'payments.janitor': tasks.janitor,
    'payments.ask': tasks.askAbout,
    'payments.check': async (ctx) => {
      await checkChanged(ctx);
    },
    'payments.ensure_runs': ensureRuns,
    [openDemoAccountsTask]: openDemoAccounts,
    [openDemoAccountTask]: tasks.demoAccount,
  },
  schedules: [
    { task: 'payments.janitor', everySeconds: 15 },
    { task: 'payments.ask', everySeconds: 60 },
    { task: 'payments.check', everySeconds: 30 },
    { task: 'payments.ensure_runs', everySeconds: 300 },
  ],
  seeds: seedAccounts,
  liveTopics: [{ prefix: 'order', may: mayHear }],
  deadlines: {
    [releaseDeadline]: release,
    [runDeadline]: morning,
  },
});
