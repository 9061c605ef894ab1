import { readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/**
 * Builds Electron's main process, and the entry of its utility processes, with all that they need, so that the package
 * carries no node_modules. As `ssr` and not as `lib`, which would take Electron's downloader in.
 */
export default defineConfig({
  publicDir: false,
  define: { __TILLWATCH_VERSION__: JSON.stringify(manifest.version) },
  ssr: { noExternal: true, external: ['electron'], target: 'node' },
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    sourcemap: false,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: { index: 'main/index.ts', utility: 'main/utility.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', format: 'es' },
    },
  },
});
