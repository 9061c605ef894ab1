import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const NEEDED_NODE = 24;

/** Runs before anything else in the file, in whatever Node there is, so it is written as of old. */
const head = `#!/usr/bin/env node
if (!(parseInt(process.versions.node, 10) >= ${NEEDED_NODE})) {
  process.stderr.write(
    'The Tillwatch gateway needs Node ${NEEDED_NODE} or newer; this is Node ' + process.versions.node + ' (' + process.execPath +
      ').\\nInstall a newer one from https://nodejs.org and start the gateway with that.\\n',
  );
  process.exit(1);
}`;

/**
 * Asks for SQLite when the file runs. As an import it is looked for before the first line runs, and a Node without it
 * would end with words of its own instead of ours.
 */
const lateSqlite: Plugin = {
  name: 'late-sqlite',
  enforce: 'pre',
  resolveId: (id) => (id === 'node:sqlite' ? '\0late-sqlite' : null),
  load: (id) =>
    id === '\0late-sqlite' ? `export const { DatabaseSync } = process.getBuiltinModule('node:sqlite');` : null,
};

/**
 * Builds the gateway into one file that needs Node alone: no node_modules, no other file. Merchants install it, and the
 * packaged application starts it for "Explore the demo".
 */
export default defineConfig({
  publicDir: false,
  plugins: [lateSqlite],
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: 'gateway/index.ts',
    outDir: 'dist/gateway',
    emptyOutDir: true,
    sourcemap: false,
    target: 'node24',
    minify: false,
    license: { fileName: 'tillwatch-gateway.licenses.md' },
    rolldownOptions: {
      output: { entryFileNames: 'tillwatch-gateway.mjs', format: 'es', codeSplitting: false, banner: head },
    },
  },
});
