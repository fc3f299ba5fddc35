import path from 'node:path';
import { newAdr } from './new/adr.ts';
import { newEvent } from './new/event.ts';
import { newModule } from './new/module.ts';
import { newRoute } from './new/route.ts';

// npm run new -- module|route|event|adr …: writes what every such thing begins with, and says what comes next.

const root = path.resolve(import.meta.dirname, '..');

const usage = `npm run new -- module reviews identity,booking        a module that may call these
npm run new -- route booking.note POST /v1/bookings/:bookingId/notes booking:view
npm run new -- event booking.note_added
npm run new -- adr "Notes are kept for two years"`;

const makers: Record<string, (root: string, words: string[]) => string> = {
  module: newModule,
  route: newRoute,
  event: newEvent,
  adr: newAdr,
};

const [kind = '', ...words] = process.argv.slice(2);
const make = makers[kind];
if (make && words.length > 0) {
  try {
    console.log(make(root, words));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
} else {
  console.error(usage);
  process.exitCode = 1;
}
