import { contrasts, densities, schemes, themes, type Look } from '../choose.ts';
import { hex, type Colour } from '../colour.ts';
import { layerOf, note, type Token, type TokenSet, type Tokens } from './load.ts';

const usual: Look = { theme: 'default', scheme: 'light', contrast: 'normal', density: 'comfortable' };

/** Every token that styles may use, with its layer and what it is for. */
export function catalogueTs(tokens: Tokens): string {
  const rows = Object.values(tokens.of(usual)).map((token) => {
    const parts = [`name: '${token.id}'`, `layer: '${layerOf(token.id)}'`, `type: '${token.$type}'`];
    if (token.$description) parts.push(`use: ${JSON.stringify(token.$description)}`);
    return `  { ${parts.join(', ')} },`;
  });
  return `// ${note}
export const catalogue = [
${rows.join('\n')}
] as const;

export type TokenName = (typeof catalogue)[number]['name'];
export type ColorToken = Extract<(typeof catalogue)[number], { type: 'color' }>['name'];
`;
}

type Plain = string | number | readonly (string | number)[];

/** Points for lengths (1 rem = 16), milliseconds for times, hex for colours: what React Native takes. */
function plain({ id, $type, $value }: Token): Plain | undefined {
  if ($type === 'color') return hex($value as Colour);
  if ($type === 'dimension' || $type === 'duration') {
    const { value, unit } = $value as { value: number; unit: string };
    return unit === 'rem' ? value * 16 : value;
  }
  if ($type === 'fontFamily') return [$value as string | string[]].flat()[0];
  if ($type === 'number' || $type === 'fontWeight') return $value as number;
  if ($type === 'cubicBezier') return $value as number[];
  if ($type === 'shadow') return undefined;
  throw new Error(`token ${id}: React Native has no value of type ${$type}`);
}

type Entry = [string, Plain];

function entries(set: TokenSet, keep: (token: Token) => boolean): Entry[] {
  return Object.values(set).flatMap((token): Entry[] => {
    const value = keep(token) ? plain(token) : undefined;
    return value === undefined ? [] : [[token.id, value]];
  });
}

const isColor = (token: Token): boolean => token.$type === 'color';
const object = (list: Entry[]): string =>
  `{ ${list.map(([id, value]) => `'${id}': ${JSON.stringify(value)}`).join(', ')} }`;

function changed(list: Entry[], from: Entry[]): Entry[] {
  const known = new Map(from);
  return list.filter(([id, value]) => JSON.stringify(known.get(id)) !== JSON.stringify(value));
}

/** Colours by theme, scheme and contrast; measures, and what a theme or a density changes of them. */
export function nativeTs(tokens: Tokens): string {
  const measures = (look: Look): Entry[] => entries(tokens.of(look), (token) => !isColor(token));
  const base = measures(usual);
  const looks = themes.flatMap((theme) =>
    schemes.flatMap((scheme) => contrasts.map((contrast): Look => ({ ...usual, theme, scheme, contrast }))),
  );
  const colours = looks.map(
    (look) => `  '${look.theme}-${look.scheme}-${look.contrast}': ${object(entries(tokens.of(look), isColor))},`,
  );
  const byTheme = themes.map((theme) => `  ${theme}: ${object(changed(measures({ ...usual, theme }), base))},`);
  const byDensity = densities.map(
    (density) => `  ${density}: ${object(changed(measures({ ...usual, density }), base))},`,
  );
  return `// ${note}
export const colours = {
${colours.join('\n')}
} as const;

export const measures = ${object(base)} as const;

export const themeMeasures = {
${byTheme.join('\n')}
} as const;

export const densityMeasures = {
${byDensity.join('\n')}
} as const;
`;
}
