import { readFileSync, readdirSync } from 'node:fs';
import { isRunning } from './is-running.ts';

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Command lines of the living processes that name a folder; Linux only. */
export function processesNaming(folder: string): string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid && isRunning(Number(entry)))
    .map(commandLine)
    .filter((line) => line.includes(folder));
}
