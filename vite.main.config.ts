import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { appImages } from './packaging/icons/app-images.ts';

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** Draws what the application shows in tray and taskbar beside the built file that shows it. */
const images: Plugin = {
  name: 'tillwatch-images',
  generateBundle() {
    for (const [name, source] of appImages(fileURLToPath(new URL('assets', import.meta.url)))) {
      this.emitFile({ type: 'asset', fileName: `images/${name}`, source });
    }
  },
};

/**
 * Builds Electron's main process, and the entry of its utility processes, with all that they need, so that the package
 * carries no node_modules. As `ssr` and not as `lib`, which would take Electron's downloader in.
 */
export default defineConfig({
  publicDir: false,
  plugins: [images],
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
