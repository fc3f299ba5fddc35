import booking from '@plumbline/i18n/en-GB/booking.json';
import category from '@plumbline/i18n/en-GB/category.json';
import service from '@plumbline/i18n/en-GB/service.json';
import status from '@plumbline/i18n/en-GB/status.json';
import { addMessages } from '../../lib/messages.ts';

addMessages('en-GB', booking);
addMessages('en-GB', category);
addMessages('en-GB', service);
addMessages('en-GB', status);
