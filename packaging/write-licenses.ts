/** `npm run licenses`: writes the licences of what is bundled, for the package to bring along. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { licensesFile, licensesText, readThirdParty } from './third-party.ts';

const packages = readThirdParty(process.cwd());
const dir = path.join('dist', 'licenses');
mkdirSync(dir, { recursive: true });
writeFileSync(path.join(dir, licensesFile), licensesText(packages));
console.log(`${path.join(dir, licensesFile)}: ${packages.length} packages`);
