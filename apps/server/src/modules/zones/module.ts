import { defineModule } from '../../platform/http/module.ts';
import { routes } from './routes.ts';
import { seedZones } from './seeds.ts';
import { regionIds } from './service.ts';

export const zones = defineModule({ name: 'zones', routes, regions: regionIds, seeds: seedZones });
