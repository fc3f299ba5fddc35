/**
 * Writes `src/generated/` from `tokens/*.json`. Run `npm run build -w packages/tokens` after a change; a test fails when
 * the files are stale. Reading, aliases and CSS values are Terrazzo's; what is written is decided in `src/write/`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { themes } from './src/choose.ts';
import { loadTokens } from './src/write/load.ts';
import { tailwindCss } from './src/write/tailwind.ts';
import { baseCss, themeCss } from './src/write/variables.ts';
import { catalogueTs, nativeTs } from './src/write/objects.ts';

/** Path inside the package → text. */
export async function generatedFiles(): Promise<Record<string, string>> {
  const tokens = await loadTokens();
  const others = themes.filter((theme) => theme !== 'default');
  return {
    'src/generated/tokens.css': baseCss(tokens),
    ...Object.fromEntries(others.map((theme) => [`src/generated/themes/${theme}.css`, themeCss(tokens, theme)])),
    'src/generated/tailwind.css': tailwindCss(tokens),
    'src/generated/catalogue.ts': catalogueTs(tokens),
    'src/generated/values.ts': nativeTs(tokens),
  };
}

if (import.meta.main) {
  mkdirSync(new URL('src/generated/themes', import.meta.url), { recursive: true });
  for (const [path, text] of Object.entries(await generatedFiles()))
    writeFileSync(new URL(path, import.meta.url), text);
}
