import { cssName, cssValue, layerOf, note, type Token, type Tokens } from './load.ts';

/** Which Tailwind namespace shows a token, and under which name. */
function tailwindName({ id, $type }: Token): string | undefined {
  const [group, ...rest] = id.split('.');
  const name = rest.join('-');
  if (layerOf(id) === 'component') return `${$type === 'color' ? 'color' : 'spacing'}-${group}-${name}`;
  if (group === 'text')
    return name.endsWith('-line')
      ? `text-${name.replace('-line', '--line-height')}`
      : `text-${name.replace('-size', '')}`;
  if (group === 'space') return 'spacing';
  if (group === 'weight') return `font-weight-${name}`;
  if (group === 'layer' || group === 'duration' || group === 'tracking') return undefined;
  if (group === 'target') return `spacing-${name}`;
  return `${group}-${name}`;
}

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

/** The theme of Tailwind: every utility reads a variable, nothing of Tailwind's own palette is left. */
export function tailwindCss(tokens: Tokens): string {
  const set = tokens.of({ theme: 'default', scheme: 'light', contrast: 'normal', density: 'comfortable' });
  const entries = Object.values(set).flatMap((token) => {
    const name = tailwindName(token);
    // Media queries cannot read variables, so breakpoints are written out.
    const value = token.id.startsWith('breakpoint.') ? cssValue(token, set) : `var(${cssName(token.id)})`;
    return name ? [`  --${name}: ${value};`] : [];
  });
  return `/* ${note} */
@theme inline {
${cleared.map((name) => `  --${name}-*: initial;`).join('\n')}
${entries.join('\n')}
}
`;
}
