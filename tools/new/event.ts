import { existsSync } from 'node:fs';
import path from 'node:path';
import { camel, change, create, split } from './write.ts';

/** An event: the function that announces it, and its line in the README. */
export function newEvent(root: string, [name]: string[]): string {
  const { module, own } = split(name);
  const type = `${module}.${own}`;
  const folder = `apps/server/src/modules/${module}`;
  const file = `${folder}/events.ts`;
  if (!existsSync(path.join(root, file))) create(root, file, imports);
  change(root, file, (old) => {
    if (old.includes(`'${type}'`)) throw new Error(`${file} has ${type} already`);
    return old + announcer(type, own);
  });
  change(
    root,
    `${folder}/README.md`,
    (old) => `${old.trimEnd()}\n- \`${type}\`: when it happens; no listener: say why, or name who listens.\n`,
  );
  return `${file} announces ${type}. Next: call ${camel(own)} in the transaction of the act; a listener stands in its module.ts.`;
}

const imports = `import type { Ctx } from '../../platform/ctx.ts';
import type { JsonObject } from '../../platform/json.ts';
import { emit } from '../../platform/outbox.ts';
`;

const announcer = (type: string, own: string): string => `
/** Announces, in the transaction of ctx, that it happened to the thing with this id. */
export async function ${camel(own)}(ctx: Ctx, id: string, data: JsonObject = {}): Promise<void> {
  await emit(ctx, { type: '${type}', key: id, data });
}
`;
