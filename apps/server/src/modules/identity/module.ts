import { defineModule } from '../../platform/http/module.ts';
import { isMember, isSelf } from './policy.ts';
import { routes } from './routes.ts';
import { seedCast } from './seeds.ts';
import { authenticate } from './session/service.ts';

export const identity = defineModule({
  name: 'identity',
  routes,
  authenticate,
  seeds: seedCast,
  liveTopics: [
    { prefix: 'person', may: async (ctx, id) => isSelf(ctx.actor, id) },
    { prefix: 'organisation', may: async (ctx, id) => isMember(ctx.actor, id) },
  ],
});
