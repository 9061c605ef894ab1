/** The licences of what is bundled into the application: whose they are, and their texts. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** The file beside the archive. */
export const licensesFile = 'THIRD-PARTY-LICENSES.txt';

/** A package that the application may hold. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** Where it lies in the project, with forward slashes. */
  readonly folder: string;
  /** As its own package.json says, an SPDX expression. */
  readonly license: string;
  /** The texts it brings along; a few bring none and only name their licence. */
  readonly texts: readonly string[];
}

/** Licences whose terms are met by passing their texts on. Any other waits for a person's decision. */
const accepted: ReadonlySet<string> = new Set([
  ...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0'],
  ...['BlueOak-1.0.0', 'Python-2.0', 'CC0-1.0', 'Unlicense'],
]);

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
      link: z.boolean().optional(),
    }),
  ),
});
const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  /** How package.json named it until npm 3; several are a choice. */
  licenses: z.array(z.object({ type: z.string() })).default([]),
});

/** The folders of all packages of production, as the lock file of npm names them. */
export function productionFolders(lock: unknown): string[] {
  const { packages } = lockSchema.parse(lock);
  return Object.entries(packages)
    .filter(
      ([folder, { dev, devOptional, optional, link }]) => folder !== '' && !(dev || devOptional || optional || link),
    )
    .map(([folder]) => folder)
    .sort();
}

/** @param root the project @throws when a package is not installed, or under a licence that nobody has accepted */
export function readThirdParty(root: string): ThirdParty[] {
  const lock: unknown = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const found = productionFolders(lock).map((folder) => packageIn(root, folder));
  const strange = found.filter(({ license }) => !isAccepted(license));
  if (strange.length > 0) {
    const names = strange.map(({ name, version, license }) => `${name}@${version}: ${license || 'none named'}`);
    throw new Error(`Nobody has accepted these licences (packaging/third-party.ts):\n  ${names.join('\n  ')}`);
  }
  return found;
}

function packageIn(root: string, folder: string): ThirdParty {
  const dir = path.join(root, ...folder.split('/'));
  if (!existsSync(dir)) throw new Error(`${folder} is not installed: run "npm ci" first.`);
  const { name, version, license, licenses } = manifestSchema.parse(
    JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8')),
  );
  const texts = readdirSync(dir)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file) && !/\.(js|ts|json)$/.test(file))
    .sort()
    .map((file) => readFileSync(path.join(dir, file), 'utf8').replaceAll('\r\n', '\n').trim());
  return { name, version, folder, license: license ?? licenses.map(({ type }) => type).join(' OR '), texts };
}

/** One of several that may be chosen is enough; all of those that hold together are needed. */
function isAccepted(expression: string): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  if (/\bAND\b/.test(bare)) return bare.split(/\s+AND\s+/).every(isAccepted);
  return bare.split(/\s+OR\s+/).some((license) => accepted.has(license));
}

const line = '-'.repeat(100);

/** Each package by name and version, then its licence in full. */
export function licensesText(packages: readonly ThirdParty[]): string {
  const head = `Tillwatch holds parts of the following ${packages.length} packages. Electron's and Chromium's own notices lie beside.\n`;
  const parts = packages.map(({ name, version, license, texts }) => {
    const body =
      texts.length > 0 ? texts.join('\n\n') : `It brings no text along; its package names the licence ${license}.`;
    return `${line}\n${name} ${version} (${license})\n${line}\n\n${body}\n`;
  });
  return [head, ...parts].join('\n');
}

/** @param archive the packed asar @param root the project it was packed from @returns a sentence for each fault */
export function licensesBeside(archive: string, root: string): string[] {
  const file = path.join(path.dirname(archive), licensesFile);
  if (!existsSync(file)) return [`${licensesFile} is missing`];
  return licensesFaults(readFileSync(file, 'utf8'), readThirdParty(root));
}

/** @returns a sentence for each package that the file does not name; none when all is well */
export function licensesFaults(text: string, packages: readonly Pick<ThirdParty, 'name' | 'version'>[]): string[] {
  return packages
    .filter(({ name, version }) => !text.includes(`\n${name} ${version} (`))
    .map(({ name, version }) => `${licensesFile} lacks ${name} ${version}`);
}
