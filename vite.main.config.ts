import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/**
 * Builds Electron's main process with all that it needs, so that the package carries no node_modules. As `ssr` and not
 * as `lib`, which would take Electron's downloader in.
 */
export default defineConfig({
  publicDir: false,
  define: { __TILLWATCH_VERSION__: JSON.stringify(manifest.version) },
  ssr: { noExternal: true, external: ['electron'], target: 'node' },
  build: {
    ssr: 'main/index.ts',
    outDir: 'dist/main',
    emptyOutDir: true,
    sourcemap: false,
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'index.js', format: 'es' } },
  },
});
