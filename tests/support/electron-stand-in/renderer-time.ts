import { descendants, procFile, statFields } from '../processes.ts';

/** Ticks of /proc's times: 100 a second on every Linux that Chromium runs on. */
const ticksPerSecond = 100;

/** Seconds of processor time of all pages of the browsers that a process started; undefined where no system tells. */
export function renderersSeconds(root: number): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const renderers = descendants(root).filter((pid) => procFile(pid, 'cmdline')?.includes('--type=renderer'));
  return renderers.reduce((sum, pid) => sum + ticksOf(pid), 0) / ticksPerSecond;
}

/** In user and in system. */
function ticksOf(pid: number): number {
  const fields = statFields(pid);
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
}
