import shell from '@plumbline/i18n/en-GB/shell.json';
import ui from '@plumbline/i18n/en-GB/ui.json';
import { addMessages } from '../lib/messages.ts';

addMessages('en-GB', ui);
addMessages('en-GB', shell);
