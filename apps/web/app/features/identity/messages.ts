import identity from '@plumbline/i18n/en-GB/identity.json';
import { addMessages } from '../../lib/messages.ts';

addMessages('en-GB', identity);
