/** Copies of the data that a killed process left behind: they hold customers, and nobody would erase them. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { faultCode } from '../system-words.ts';

/** How something unfinished is called: what stands before and behind the id of the process that makes it. */
export interface Unfinished {
  readonly before: string;
  readonly behind: string;
}

/** The folder of a restore's working copy. */
export const RESTORE_FOLDER: Unfinished = { before: 'restore-', behind: '-' };

/**
 * What a living process has is left alone. What this user may not list or remove, another's in /tmp for one, holds nothing
 * up.
 */
export function removeLeftovers(folder: string, unfinished: Unfinished): void {
  for (const name of namesIn(folder)) {
    const owner = ownerOf(name, unfinished);
    if (owner !== null && !isAlive(owner)) tryToRemove(join(folder, name));
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function tryToRemove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    return;
  }
}

function ownerOf(name: string, { before, behind }: Unfinished): number | null {
  if (!name.startsWith(before)) return null;
  const [id = ''] = /^\d*/.exec(name.slice(before.length)) ?? [];
  return id !== '' && name.startsWith(behind, before.length + id.length) ? Number(id) : null;
}

function isAlive(pid: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return faultCode(error) === 'EPERM';
  }
}
