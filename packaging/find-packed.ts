import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

export interface FoundApplication {
  /** What a person would start. */
  readonly executable: string;
  /** What the fuses are burnt into. */
  readonly binary: string;
  readonly archive: string;
}

/**
 * The application that was packed for this system and processor into a folder of electron-builder's.
 * @throws with what to do when there is none
 */
export function findPacked(packages: string, platform: NodeJS.Platform, arch: string): FoundApplication {
  const dirs = existsSync(packages) ? readdirSync(packages) : [];
  const fitting =
    arch === 'x64' ? /^(mac|mac-universal|\w+-unpacked)$/ : new RegExp(`-(${arch}|universal)(-unpacked)?$`);
  const found = dirs
    .filter((dir) => fitting.test(dir))
    .map((dir) => inside(path.join(packages, dir), platform))
    .find(({ archive }) => existsSync(archive));
  if (!found) throw new Error(`There is no packed application in ${packages}: run "npm run package -- --dir" first.`);
  return found;
}

function inside(dir: string, platform: NodeJS.Platform): FoundApplication {
  if (platform === 'darwin') {
    const app = path.join(dir, 'Tillwatch.app');
    const contents = path.join(app, 'Contents');
    return {
      executable: path.join(contents, 'MacOS', 'Tillwatch'),
      binary: app,
      archive: path.join(contents, 'Resources', 'app.asar'),
    };
  }
  const executable = path.join(dir, platform === 'win32' ? 'Tillwatch.exe' : 'tillwatch');
  return { executable, binary: executable, archive: path.join(dir, 'resources', 'app.asar') };
}
