import earnings from '@plumbline/i18n/en-GB/earnings.json';
import status from '@plumbline/i18n/en-GB/status.json';
import { addMessages } from '../../lib/messages.ts';

addMessages('en-GB', earnings);
addMessages('en-GB', status);
