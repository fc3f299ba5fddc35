import { defineModule } from '../../platform/http/module.ts';
import { routes } from './routes.ts';
import { expire } from './service.ts';

export const trust = defineModule({ name: 'trust', routes, deadlines: { 'trust.expiry': expire } });
