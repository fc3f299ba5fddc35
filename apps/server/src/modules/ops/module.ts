import { defineModule } from '../../platform/http/module.ts';
import { routes } from './routes.ts';

export const ops = defineModule({ name: 'ops', routes });
