import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/** How many dumps are kept, and how many bytes all of them may take together. */
export interface DumpLimits {
  readonly most: number;
  readonly bytes: number;
}

const usual: DumpLimits = { most: 10, bytes: 64 * 1024 * 1024 };

interface Dump {
  readonly file: string;
  readonly at: number;
  readonly bytes: number;
}

/**
 * Deletes the oldest crash dumps, with the notes that Crashpad keeps beside each. It keeps them in `pending` and
 * `completed` on macOS and Linux and in `reports` on Windows. Source: chromium.googlesource.com/crashpad,
 * client/crash_report_database.h. A failure costs disk space and nothing else, so it is told and not thrown.
 * @param dir where the reporter puts them; need not exist
 */
export function keepNewestDumps(
  dir: string,
  onFault: (message: string, fields: object) => void,
  limits: DumpLimits = usual,
): void {
  try {
    let [count, bytes] = [0, 0];
    for (const dump of dumpsIn(dir)) {
      count += 1;
      bytes += dump.bytes;
      if (count > limits.most || bytes > limits.bytes) remove(dump.file);
    }
  } catch (error) {
    onFault('old crash dumps not removed', { error: error instanceof Error ? error.message : String(error) });
  }
}

/** Newest first. */
function dumpsIn(dir: string): Dump[] {
  return ['new', 'pending', 'completed', 'reports']
    .flatMap((folder) => namesIn(path.join(dir, folder)))
    .filter((file) => file.endsWith('.dmp'))
    .flatMap((file) => {
      const stat = statSync(file, { throwIfNoEntry: false });
      return stat ? [{ file, at: stat.mtimeMs, bytes: stat.size }] : [];
    })
    .sort((a, b) => b.at - a.at);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => path.join(folder, name));
  } catch {
    // Crashpad makes its folders when the first dump comes.
    return [];
  }
}

function remove(file: string): void {
  rmSync(file, { force: true });
  rmSync(file.replace(/\.dmp$/, '.meta'), { force: true });
}
