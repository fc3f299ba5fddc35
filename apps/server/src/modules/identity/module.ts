import { defineModule } from '../../platform/http/module.ts';
import { routes } from './routes.ts';
import { seedCast } from './seeds.ts';
import { authenticate } from './session/service.ts';

export const identity = defineModule({ name: 'identity', routes, authenticate, seeds: seedCast });
