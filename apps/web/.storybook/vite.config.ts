import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

/** The site's own configuration without its routes: a story is a part, not a page. */
export default defineConfig({
  plugins: [tailwindcss()],
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 2000 },
});
