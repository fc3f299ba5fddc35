import common from './common.json' with { type: 'json' };
import shell from './shell.json' with { type: 'json' };
import ui from './ui.json' with { type: 'json' };
import part from './part.json' with { type: 'json' };
import problem from './problem.json' with { type: 'json' };
import status from './status.json' with { type: 'json' };
import home from './home.json' with { type: 'json' };
import explore from './explore.json' with { type: 'json' };
import service from './service.json' with { type: 'json' };
import provider from './provider.json' with { type: 'json' };
import identity from './identity.json' with { type: 'json' };
import booking from './booking.json' with { type: 'json' };
import work from './work.json' with { type: 'json' };
import earnings from './earnings.json' with { type: 'json' };
import studio from './studio.json' with { type: 'json' };
import admin from './admin.json' with { type: 'json' };
import category from './category.json' with { type: 'json' };
import trust from './trust.json' with { type: 'json' };

/** Every word of the language, one file for each feature as in English. */
const messages: Record<string, string> = {
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

export default messages;
