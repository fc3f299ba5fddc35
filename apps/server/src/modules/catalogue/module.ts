import { defineModule } from '../../platform/http/module.ts';
import { routes } from './routes.ts';

export const catalogue = defineModule({ name: 'catalogue', routes });
