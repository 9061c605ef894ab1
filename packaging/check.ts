/** `npm run package:check`: proves of the packed application what can be proved where it was packed. */
import path from 'node:path';
import { findPacked } from './find-packed.ts';
import { readFuses } from './fuses.ts';
import { readArchive } from './read-archive.ts';
import { licensesBeside } from './third-party.ts';
import { tryStart } from './try-start.ts';

const startWithinMs = 60_000;
const { executable, binary, archive } = findPacked(path.resolve('dist', 'packages'), process.platform, process.arch);
const { files, bytes, faults } = readArchive(archive);
const fuses = await readFuses(binary);
console.log(`archive: ${files.length} files, ${(bytes / 1_000_000).toFixed(2)} MB`);
for (const [name, state] of Object.entries(fuses.states)) console.log(`fuse ${name}: ${state}`);
const all = [...faults, ...licensesBeside(archive, process.cwd()), ...fuses.faults];
if (all.length > 0) throw new Error(`The packed application is not as it should be:\n  ${all.join('\n  ')}`);
console.log(`started in ${Math.round(await tryStart(executable, startWithinMs))} ms`);
