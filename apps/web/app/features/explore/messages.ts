import category from '@plumbline/i18n/en-GB/category.json';
import explore from '@plumbline/i18n/en-GB/explore.json';
import trust from '@plumbline/i18n/en-GB/trust.json';
import { addMessages } from '../../lib/messages.ts';

addMessages('en-GB', category);
addMessages('en-GB', explore);
addMessages('en-GB', trust);
