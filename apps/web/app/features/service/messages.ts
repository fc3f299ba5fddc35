import category from '@plumbline/i18n/en-GB/category.json';
import service from '@plumbline/i18n/en-GB/service.json';
import trust from '@plumbline/i18n/en-GB/trust.json';
import { addMessages } from '../../lib/messages.ts';

addMessages('en-GB', category);
addMessages('en-GB', service);
addMessages('en-GB', trust);
