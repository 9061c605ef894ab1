/** npm run docs:api: writes the documents of the interfaces from the contract; with --check only says whether they are fresh. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { apiDocuments } from './api-documents.ts';
import { staleDocuments } from './stale-documents.ts';

const folder = import.meta.dirname;

function check(): void {
  const stale = staleDocuments(folder);
  if (stale.length === 0) {
    console.log('docs/api is fresh.');
    return;
  }
  console.error(`docs/api is not what the contract says: ${stale.join(', ')}. Run npm run docs:api`);
  process.exitCode = 1;
}

function write(): void {
  for (const [name, text] of apiDocuments()) {
    writeFileSync(path.join(folder, name), text);
    console.log(`docs/api/${name}  ${text.length} bytes`);
  }
}

if (process.argv.includes('--check')) check();
else write();
