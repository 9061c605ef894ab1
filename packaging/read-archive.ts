import { extractFile, listPackage, statFile } from '@electron/asar';
import { archiveFaults, manifestFaults, textFault } from './archive-content.ts';

export interface ArchiveReport {
  /** Paths with forward slashes, sorted. */
  readonly files: readonly string[];
  readonly bytes: number;
  readonly faults: readonly string[];
}

const text = /\.(js|cjs|mjs|css|html|json|svg)$/;

/** Reads an asar archive and judges what it holds. @throws when it cannot be read */
export function readArchive(archive: string): ArchiveReport {
  const entries = listPackage(archive, { isPack: false }).map((entry) => entry.replace(/^[\\/]/, ''));
  const found = entries.flatMap((entry) => {
    const stat = statFile(archive, entry);
    return 'size' in stat ? [{ file: entry.replaceAll('\\', '/'), entry, size: stat.size }] : [];
  });
  const files = found.map(({ file }) => file).sort();
  const textFaults = found.flatMap(({ file, entry }) => {
    const fault = text.test(file) ? textFault(file, extractFile(archive, entry).toString('utf8')) : null;
    return fault === null ? [] : [fault];
  });
  const manifest = files.includes('package.json')
    ? (JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as Record<string, unknown>)
    : {};
  return {
    files,
    bytes: found.reduce((sum, { size }) => sum + size, 0),
    faults: [...archiveFaults(files), ...textFaults, ...manifestFaults(manifest)],
  };
}
