import type { Contrast, Theme } from '../choose.ts';
import { cssName, cssValue, note, type Token, type Tokens } from './load.ts';

type Values = Map<string, string>;

const usual = { density: 'comfortable', contrast: 'normal' } as const;

/**
 * What one theme says at one contrast. A value that differs between the schemes becomes `light-dark()`, so a scheme is
 * chosen by `color-scheme` alone and no value is written twice.
 */
function valuesOf(tokens: Tokens, theme: Theme, contrast: Contrast): Values {
  const light = tokens.of({ ...usual, theme, contrast, scheme: 'light' });
  const dark = tokens.of({ ...usual, theme, contrast, scheme: 'dark' });
  const text = (token: Token): string => {
    const [day, night] = [cssValue(token, light), cssValue(dark[token.id] as Token, dark)];
    if (day === night) return day;
    if (token.$type !== 'color') throw new Error(`token ${token.id}: the schemes may differ in colours only`);
    return `light-dark(${day}, ${night})`;
  };
  return new Map(Object.values(light).map((token) => [token.id, text(token)]));
}

const differing = (values: Values, from: Values): [string, string][] =>
  [...values].filter(([id, value]) => from.get(id) !== value);

function block(selector: string, entries: [string, string][], indent = ''): string {
  if (entries.length === 0) return '';
  const lines = entries.map(([id, value]) => `${indent}  ${cssName(id)}: ${value};`);
  return `${indent}${selector} {\n${lines.join('\n')}\n${indent}}\n`;
}

function highContrast(tokens: Tokens, theme: Theme): string {
  const entries = differing(valuesOf(tokens, theme, 'high'), valuesOf(tokens, theme, 'normal'));
  const on = `[data-theme='${theme}']`;
  return `${block(`${on}[data-contrast='high']`, entries)}
@media (prefers-contrast: more) {
${block(`${on}:not([data-contrast])`, entries, '  ')}}
`;
}

/**
 * The default theme and the choice of scheme and density. It is set again on every part of a page that names a theme:
 * what a theme does not change, and what follows another variable, has to be computed there and not be inherited.
 */
export function baseCss(tokens: Tokens): string {
  const values = valuesOf(tokens, 'default', 'normal');
  const compact = tokens.of({ theme: 'default', scheme: 'light', contrast: 'normal', density: 'compact' });
  const comfortable = tokens.of({ theme: 'default', scheme: 'light', contrast: 'normal', density: 'comfortable' });
  const dense = Object.values(compact)
    .map((token): [string, string] => [token.id, cssValue(token, compact)])
    .filter(([id, value]) => value !== cssValue(comfortable[id] as Token, comfortable));
  const roomy = dense.map(([id]): [string, string] => [id, cssValue(comfortable[id] as Token, comfortable)]);
  return `/* ${note} */
:root {
  color-scheme: light dark;
}

[data-scheme='light'] {
  color-scheme: light;
}

[data-scheme='dark'] {
  color-scheme: dark;
}

${block(':root,\n[data-theme]', [...values])}
${block("[data-density='compact']", dense)}
${block("[data-density='comfortable']", roomy)}
${highContrast(tokens, 'default')}`;
}

/** What another theme says differently. Loaded only where it is worn. */
export function themeCss(tokens: Tokens, theme: Theme): string {
  const own = differing(valuesOf(tokens, theme, 'normal'), valuesOf(tokens, 'default', 'normal'));
  return `/* ${note} */
${block(`[data-theme='${theme}']`, own)}
${highContrast(tokens, theme)}`;
}
