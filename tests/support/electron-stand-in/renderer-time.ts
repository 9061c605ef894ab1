import { readFileSync, readdirSync } from 'node:fs';

/** Ticks of /proc's times: 100 a second on every Linux that Chromium runs on. */
const ticksPerSecond = 100;

interface ProcessFacts {
  readonly parent: number;
  readonly seconds: number;
  readonly renderer: boolean;
}

/** Facts of a process by Linux's /proc/PID/stat and cmdline; null for one that has ended. */
function factsOf(pid: string): ProcessFacts | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const [parent, user, system] = [fields[1], fields[11], fields[12]].map(Number);
    const renderer = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer');
    return { parent: parent ?? 0, seconds: ((user ?? 0) + (system ?? 0)) / ticksPerSecond, renderer };
  } catch {
    return null;
  }
}

/** Seconds of processor time of all pages of the browsers that a process started; undefined where there is no /proc. */
export function renderersSeconds(root: number): number | undefined {
  const facts = new Map<number, ProcessFacts>();
  try {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const found = factsOf(pid);
      if (found) facts.set(Number(pid), found);
    }
  } catch {
    return undefined;
  }
  const ours = (pid: number): boolean => pid === root || (facts.has(pid) && ours(facts.get(pid)?.parent ?? 0));
  return [...facts]
    .filter(([pid, { renderer }]) => renderer && ours(pid))
    .reduce((sum, [, { seconds }]) => sum + seconds, 0);
}
