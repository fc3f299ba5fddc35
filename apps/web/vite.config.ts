import { compileCatalogue } from '@plumbline/i18n/compile';
import { reactRouter } from '@react-router/dev/vite';
import tailwindcss from '@tailwindcss/vite';
import { createRequire } from 'node:module';
import { defineConfig, type Plugin } from 'vite';

/** Catalogues reach the bundle parsed, so that the browser gets no message parser. */
function compiledCatalogues(): Plugin {
  return {
    name: 'plumbline:catalogues',
    enforce: 'pre',
    transform(code, id) {
      const [, locale] = /\/packages\/i18n\/src\/([a-zA-Z-]+)\/\w+\.json$/.exec(id) ?? [];
      if (locale === undefined) return undefined;
      return JSON.stringify(compileCatalogue(JSON.parse(code) as Record<string, string>, locale));
    },
  };
}

const require = createRequire(import.meta.resolve('@plumbline/i18n'));

export default defineConfig({
  plugins: [compiledCatalogues(), tailwindcss(), reactRouter()],
  resolve: {
    alias: {
      '@formatjs/icu-messageformat-parser': require.resolve('@formatjs/icu-messageformat-parser/no-parser.js'),
    },
  },
  build: { target: 'es2022', assetsInlineLimit: 0 },
});
