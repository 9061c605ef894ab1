import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export type ElectronChoice = { readonly binary: string } | { readonly missing: string };

/**
 * Whether the Electron host can be started. Looks at the files only: importing the package would try to download the
 * binary. Its installer writes the binary's name into path.txt beside the folder dist.
 * @param root the folder of package.json
 */
export function electronChoice(root: string): ElectronChoice {
  const folder = path.join(root, 'node_modules', 'electron');
  const note = path.join(folder, 'path.txt');
  const binary = existsSync(note) ? path.join(folder, 'dist', readFileSync(note, 'utf8').trim()) : null;
  if (binary === null || !existsSync(binary)) return { missing: "Electron's binary is not installed here" };
  return { binary };
}
