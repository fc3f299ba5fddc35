import part from '@plumbline/i18n/en-GB/part.json';
import { addMessages } from '../lib/messages.ts';

// Words of the parts that only some pages have; those of every page are in `ui.json`.
addMessages('en-GB', part);
