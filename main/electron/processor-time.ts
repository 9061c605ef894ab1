import type { App } from 'electron';

/** Milliseconds of processor time that one of the application's processes has used; null where the system does not tell. */
export function processorMs(app: Pick<App, 'getAppMetrics'>, processId: number): number | null {
  const used = app.getAppMetrics().find(({ pid }) => pid === processId)?.cpu.cumulativeCPUUsage;
  return used === undefined ? null : used * 1_000;
}
