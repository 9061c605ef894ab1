import path from 'node:path';
import { burnFuses } from './fuses.ts';
import { isHalf, packedApplication } from './packed-application.ts';
import type { PackContext } from './packed-application.ts';
import { readArchive } from './read-archive.ts';
import { licensesBeside } from './third-party.ts';

/**
 * electron-builder's hook between packing and signing: refuses an archive that holds more than the application, and a
 * package without the licences of what is bundled, then burns the fuses. @throws with every fault at once
 */
export async function afterPack(context: PackContext): Promise<void> {
  if (isHalf(context)) return;
  const { binary, archive } = packedApplication(context);
  const { files, bytes, faults } = readArchive(archive);
  const all = [...faults, ...licensesBeside(archive, process.cwd())];
  if (all.length > 0) throw new Error(`The package is not as it should be:\n  ${all.join('\n  ')}`);
  const megabytes = (bytes / 1_000_000).toFixed(1);
  process.stdout.write(`  • ${path.basename(archive)}: ${files.length} files, ${megabytes} MB\n`);
  const onMac = context.electronPlatformName === 'darwin' && process.platform === 'darwin';
  await burnFuses(binary, onMac);
}
