import provider from '@plumbline/i18n/en-GB/provider.json';
import trust from '@plumbline/i18n/en-GB/trust.json';
import { addMessages } from '../../lib/messages.ts';

addMessages('en-GB', provider);
addMessages('en-GB', trust);
