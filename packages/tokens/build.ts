/**
 * Writes `src/generated/` from `tokens/*.json`: CSS variables, the Tailwind theme and a typed object for code that
 * cannot read CSS. Run `npm run build -w packages/tokens` after a change; a test fails when the files are stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { toHex, type Oklch } from './src/color.ts';
import { cssName, cssValue } from './src/css.ts';
import { resolveTokens, type Token, type TokenTree } from './src/resolve.ts';

const here = (path: string): URL => new URL(path, import.meta.url);
const read = (name: string): TokenTree => JSON.parse(readFileSync(here(`tokens/${name}`), 'utf8')) as TokenTree;

const note = 'Written by packages/tokens/build.ts from tokens/*.json. Do not edit.';
const rawGroups = new Set(Object.keys(read('primitives.json')));

/** The semantic tokens of one scheme: primitives stay inside. */
export function schemeTokens(scheme: 'light' | 'dark'): Map<string, Token> {
  const all = resolveTokens(read('primitives.json'), read('scale.json'), read(`default.${scheme}.json`));
  return new Map([...all].filter(([path]) => !rawGroups.has(path.split('.')[0] ?? '')));
}

const isScheme = ([path]: [string, Token]): boolean => /^(color|shadow)\./.test(path);

function declarations(tokens: [string, Token][], indent: string): string {
  return tokens.map(([path, token]) => `${indent}${cssName(path)}: ${cssValue(token)};`).join('\n');
}

function variablesCss(): string {
  const light = [...schemeTokens('light')];
  const dark = [...schemeTokens('dark')].filter(isScheme);
  return `/* ${note} */
:root {
  color-scheme: light;
${declarations(light, '  ')}
}

@media (prefers-color-scheme: dark) {
  :root:not([data-scheme='light']) {
    color-scheme: dark;
${declarations(dark, '    ')}
  }
}

[data-scheme='dark'] {
  color-scheme: dark;
${declarations(dark, '  ')}
}

/* A light island inside a dark page, for example the pair of schemes on the parts page. */
[data-scheme='dark'] [data-scheme='light'] {
  color-scheme: light;
${declarations(light.filter(isScheme), '  ')}
}
`;
}

/** Which Tailwind namespace shows a token, and under which name. */
function tailwindName(path: string): string | undefined {
  const [group, ...rest] = path.split('.');
  const name = rest.join('-');
  if (group === 'text')
    return name.endsWith('-line')
      ? `text-${name.replace('-line', '--line-height')}`
      : `text-${name.replace('-size', '')}`;
  if (group === 'space') return 'spacing';
  if (group === 'weight') return `font-weight-${name}`;
  if (group === 'layer' || group === 'duration') return undefined;
  if (group === 'target') return `spacing-${name}`;
  return `${group}-${name}`;
}

function tailwindCss(): string {
  const entries = [...schemeTokens('light')].flatMap(([path, token]) => {
    const name = tailwindName(path);
    // Media queries cannot read variables, so breakpoints are written out.
    return name ? [`  --${name}: ${path.startsWith('breakpoint.') ? cssValue(token) : `var(${cssName(path)})`};`] : [];
  });
  const cleared = [
    'color',
    'font',
    'text',
    'font-weight',
    'radius',
    'shadow',
    'ease',
    'breakpoint',
    'container',
    'animate',
    'tracking',
    'leading',
    'blur',
    'perspective',
    'aspect',
    'inset-shadow',
    'drop-shadow',
    'text-shadow',
  ];
  return `/* ${note} */
@theme inline {
${cleared.map((name) => `  --${name}-*: initial;`).join('\n')}
${entries.join('\n')}
}
`;
}

function schemeObject(scheme: 'light' | 'dark'): string {
  const colors = [...schemeTokens(scheme)].filter(([path]) => path.startsWith('color.'));
  const lines = colors.map(([path, { value }]) => {
    const { components, alpha } = value as Oklch;
    const parts = [`hex: '${toHex(value as Oklch)}'`, `components: [${components.join(', ')}]`];
    if (alpha !== undefined) parts.push(`alpha: ${alpha}`);
    return `      '${path.slice('color.'.length)}': { ${parts.join(', ')} },`;
  });
  return `    ${scheme}: {\n${lines.join('\n')}\n    },`;
}

function tokensTs(): string {
  const scale = [...schemeTokens('light')].filter((entry) => !isScheme(entry));
  return `// ${note}
export const tokens = {
  color: {
${schemeObject('light')}
${schemeObject('dark')}
  },
  scale: {
${scale.map(([path, token]) => `    ${JSON.stringify(path)}: ${JSON.stringify(cssValue(token))},`).join('\n')}
  },
} as const;

export type Scheme = keyof typeof tokens.color;
export type ColorToken = keyof typeof tokens.color.light;
export type ScaleToken = keyof typeof tokens.scale;
`;
}

/** Path inside the package → text. */
export const generatedFiles = (): Record<string, string> => ({
  'src/generated/tokens.css': variablesCss(),
  'src/generated/tailwind.css': tailwindCss(),
  'src/generated/tokens.ts': tokensTs(),
});

if (import.meta.main) {
  for (const [path, text] of Object.entries(generatedFiles())) writeFileSync(here(path), text);
}
