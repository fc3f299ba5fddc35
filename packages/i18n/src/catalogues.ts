// Each catalogue is one feature's words; a key begins with the feature's name.
import ar from './ar/index.ts';
import de from './de/index.ts';
import fr from './fr/index.ts';
import type { Locale } from './languages.ts';
import common from './en-GB/common.json' with { type: 'json' };
import shell from './en-GB/shell.json' with { type: 'json' };
import ui from './en-GB/ui.json' with { type: 'json' };
import part from './en-GB/part.json' with { type: 'json' };
import problem from './en-GB/problem.json' with { type: 'json' };
import status from './en-GB/status.json' with { type: 'json' };
import home from './en-GB/home.json' with { type: 'json' };
import explore from './en-GB/explore.json' with { type: 'json' };
import service from './en-GB/service.json' with { type: 'json' };
import provider from './en-GB/provider.json' with { type: 'json' };
import identity from './en-GB/identity.json' with { type: 'json' };
import booking from './en-GB/booking.json' with { type: 'json' };
import work from './en-GB/work.json' with { type: 'json' };
import earnings from './en-GB/earnings.json' with { type: 'json' };
import studio from './en-GB/studio.json' with { type: 'json' };
import admin from './en-GB/admin.json' with { type: 'json' };
import category from './en-GB/category.json' with { type: 'json' };
import trust from './en-GB/trust.json' with { type: 'json' };

const enGB = {
  ...common,
  ...shell,
  ...ui,
  ...part,
  ...problem,
  ...status,
  ...home,
  ...explore,
  ...service,
  ...provider,
  ...identity,
  ...booking,
  ...work,
  ...earnings,
  ...studio,
  ...admin,
  ...category,
  ...trust,
};

export const catalogues: Record<Locale, Record<string, string>> = { 'en-GB': enGB, fr, de, ar };

/** Every key that a message can be asked by. */
export type MessageKey = keyof typeof enGB;
