import { defineConfig } from 'vite';

/** Builds the preload script: one CommonJS file, because a sandboxed preload script can load no other of ours. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: 'dist/preload',
    emptyOutDir: true,
    sourcemap: false,
    target: 'node24',
    minify: false,
    lib: { entry: 'preload/index.ts', formats: ['cjs'], fileName: () => 'index.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
});
