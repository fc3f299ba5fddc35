import { defineModule } from '../../platform/http/module.ts';
import * as listeners from './listeners.ts';
import { pruneAnswers } from './answers.ts';
import { reckonUsualPrices, rollDays } from './refresh.ts';
import { routes } from './routes.ts';
import { seedMarkets } from './seeds.ts';
import * as signals from './signals.ts';

const everyQuarter = 900;
const everyDay = 86_400;

export const matching = defineModule({
  name: 'matching',
  routes,
  seeds: seedMarkets,
  listeners: {
    'catalogue.service_changed': [{ name: 'rebuild', run: listeners.companyChanged }],
    'catalogue.provider_changed': [{ name: 'rebuild', run: listeners.companyChanged }],
    'catalogue.coverage_changed': [{ name: 'rebuild', run: listeners.companyChanged }],
    'trust.badges_changed': [{ name: 'rebuild', run: listeners.companyChanged }],
    'calendar.changed': [{ name: 'rebuild', run: listeners.calendarChanged }],
    'zones.changed': [{ name: 'rebuild', run: listeners.zonesChanged }],
    'booking.requested': [{ name: 'learn', run: signals.requested }],
    'booking.confirmed': [{ name: 'learn', run: signals.answered }],
    'booking.declined': [{ name: 'learn', run: signals.answered }],
    'booking.expired': [{ name: 'learn', run: signals.unanswered }],
    'booking.completed': [{ name: 'learn', run: signals.completed }],
    'booking.cancelled': [{ name: 'learn', run: signals.failed }],
    'booking.absent': [{ name: 'learn', run: signals.failed }],
  },
  tasks: {
    'matching.refresh': listeners.refreshTask,
    'matching.refreshRegion': listeners.refreshRegionTask,
    'matching.rollDays': rollDays,
    'matching.reckonUsualPrices': reckonUsualPrices,
    'matching.pruneAnswers': async (ctx) => {
      await pruneAnswers(ctx);
    },
  },
  schedules: [
    { task: 'matching.rollDays', everySeconds: everyQuarter },
    { task: 'matching.reckonUsualPrices', everySeconds: everyDay },
    { task: 'matching.pruneAnswers', everySeconds: everyDay },
  ],
});
