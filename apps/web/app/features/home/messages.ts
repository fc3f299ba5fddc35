import category from '@plumbline/i18n/en-GB/category.json';
import home from '@plumbline/i18n/en-GB/home.json';
import { addMessages } from '../../lib/messages.ts';

addMessages('en-GB', category);
addMessages('en-GB', home);
