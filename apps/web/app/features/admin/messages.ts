import admin from '@plumbline/i18n/en-GB/admin.json';
import status from '@plumbline/i18n/en-GB/status.json';
import { addMessages } from '../../lib/messages.ts';

addMessages('en-GB', admin);
addMessages('en-GB', status);
