import { filesIn, isTest, read } from './sources.ts';
import { ownerOf } from './sql.ts';

const sources = (): string[] =>
  filesIn('apps/server/src/modules').filter((file) => file.endsWith('.ts') && !isTest(file));

/** Events that modules announce: literals in `events.ts`, and `emit(ctx, { type: … })` elsewhere. */
export function announced(): { type: string; module: string }[] {
  const found = sources().flatMap((file) => {
    const module = ownerOf(file);
    const inEvents = file.endsWith('/events.ts') ? literals(read(file), module) : [];
    const inEmits = [...read(file).matchAll(/\bemit\(\s*\w+,\s*\{\s*type:\s*'([a-z_.]+)'/g)].map(
      ([, type]) => type ?? '',
    );
    return [...inEvents, ...inEmits].map((type) => ({ type, module }));
  });
  return [...new Map(found.map((event) => [event.type, event])).values()];
}

/** Types of events for which some module declares listeners, an array each, in its module.ts. */
export function heard(): Set<string> {
  const plugs = sources()
    .filter((file) => file.endsWith('/module.ts'))
    .map(read);
  const listened = plugs.flatMap((text) => [...text.matchAll(/'([a-z_]+\.[a-z_]+)':\s*\[/g)]);
  return new Set(listened.map(([, type]) => type ?? ''));
}

function literals(text: string, module: string): string[] {
  return [...text.matchAll(new RegExp(`'(${module}\\.[a-z_]+)'`, 'g'))].flatMap(([, type]) => type ?? []);
}
