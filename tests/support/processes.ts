/** What Linux tells of running processes; elsewhere, and of those that have ended, nothing. */
import { readFileSync, readdirSync } from 'node:fs';

/** @returns a file of /proc/WHO, null where there is none */
export function procFile(who: number | string, name: string): string | null {
  try {
    return readFileSync(`/proc/${who}/${name}`, 'utf8');
  } catch {
    return null;
  }
}

/** The fields behind the name, which may hold spaces and parentheses: the state is the first. Source: proc_pid_stat(5). */
export function statFields(pid: number): readonly string[] {
  const stat = procFile(pid, 'stat') ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** All that a process started, and theirs. */
export function descendants(root: number): readonly number[] {
  const parents = pids().map((pid): readonly [number, number] => [pid, Number(statFields(pid)[1] ?? 0)]);
  const below = (of: number): number[] =>
    parents.filter(([, parent]) => parent === of).flatMap(([child]) => [child, ...below(child)]);
  return below(root);
}

function pids(): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}
