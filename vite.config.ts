import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/**
 * Builds the renderer into dist/renderer. Nothing may be inlined into the page: its content security policy admits
 * scripts and styles from 'self' or with the nonce of the response, so each host replaces the placeholder below by a
 * fresh nonce whenever it serves index.html.
 */
export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [react()],
  html: { cspNonce: '__TILLWATCH_CSP_NONCE__' },
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    // The page comes from this machine: one file more or less costs nothing.
    chunkSizeWarningLimit: 2_000,
    target: 'es2024',
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // All that the first picture needs in one file: a dozen small ones would be fetched and compiled one by one.
            { name: 'first', tags: ['$initial'], priority: 2 },
            { name: 'shared', minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
  },
});
