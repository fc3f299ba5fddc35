import category from '@plumbline/i18n/en-GB/category.json';
import explore from '@plumbline/i18n/en-GB/explore.json';
import service from '@plumbline/i18n/en-GB/service.json';
import status from '@plumbline/i18n/en-GB/status.json';
import studio from '@plumbline/i18n/en-GB/studio.json';
import { addMessages } from '../../lib/messages.ts';

addMessages('en-GB', category);
addMessages('en-GB', explore);
addMessages('en-GB', service);
addMessages('en-GB', status);
addMessages('en-GB', studio);
