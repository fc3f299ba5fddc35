import { defineModule } from '../../platform/http/module.ts';
import { routes } from './routes.ts';

export const calendar = defineModule({ name: 'calendar', routes });
