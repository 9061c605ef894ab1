import { defineConfig } from 'vite';

/**
 * Builds the demo into one file that needs no node_modules: the packaged application starts it for "Explore the demo".
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'demo/index.ts',
    outDir: 'dist/demo',
    emptyOutDir: true,
    sourcemap: false,
    target: 'node24',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'index.js', format: 'es', codeSplitting: false } },
  },
});
