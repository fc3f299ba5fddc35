import booking from '@plumbline/i18n/en-GB/booking.json';
import explore from '@plumbline/i18n/en-GB/explore.json';
import service from '@plumbline/i18n/en-GB/service.json';
import status from '@plumbline/i18n/en-GB/status.json';
import work from '@plumbline/i18n/en-GB/work.json';
import { addMessages } from '../../lib/messages.ts';

addMessages('en-GB', booking);
addMessages('en-GB', explore);
addMessages('en-GB', service);
addMessages('en-GB', status);
addMessages('en-GB', work);
