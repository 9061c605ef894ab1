import { homedir } from 'node:os';
import { HISTORY_HOURS_MOST } from '../../contract/history.ts';
import type { AppInfo } from '../../contract/ipc.ts';
import type { ProxyView } from '../../contract/proxy.ts';
import type { savedFileSchema } from '../../contract/saved-file.ts';
import type { Desk } from '../desk/desk.ts';
import { diagnosticsBundle } from '../profile/diagnostics-bundle.ts';
import type { GatewayChoice } from '../profile/gateways/profile-desk.ts';
import type { LogLine } from '../profile/recent-log.ts';
import type { SettingsStore } from '../profile/settings-file.ts';
import type { DeskWatch } from './desk-watch.ts';
import type { z } from 'zod';

export interface DiagnosticPorts {
  readonly desk: Pick<Desk, 'handle'>;
  readonly watch: DeskWatch;
  readonly settings: SettingsStore;
  readonly gateways: GatewayChoice;
  readonly recentLog: () => readonly LogLine[];
}

/** Gathers what is known now. What cannot be told is left out: a bundle is wanted when something does not work. */
export async function makeDiagnostics(
  { desk, watch, settings, gateways, recentLog }: DiagnosticPorts,
  info: AppInfo,
  proxyNow: () => Promise<ProxyView>,
): Promise<z.output<typeof savedFileSchema>> {
  const state = watch.state();
  const lists = (state?.stores ?? []).map(({ id }) => desk.handle('quarantine.list', { store: id }));
  const [quarantine, connection, proxy, paired] = await Promise.allSettled([
    Promise.all(lists),
    desk.handle('connection.history', { hours: HISTORY_HOURS_MOST }),
    proxyNow(),
    gateways.list(),
  ]);
  return diagnosticsBundle({
    ...{ info, state, doctor: watch.doctor(), settings: settings.read() },
    versions: Object.fromEntries(['node', 'electron', 'chrome'].map((name) => [name, process.versions[name] ?? '-'])),
    quarantine: quarantine.status === 'fulfilled' ? quarantine.value.flatMap(({ events }) => events) : [],
    segments: connection.status === 'fulfilled' ? connection.value.segments : [],
    proxy: proxy.status === 'fulfilled' ? proxy.value : null,
    gateways: paired.status === 'fulfilled' ? paired.value : [],
    ...{ log: recentLog(), now: Date.now(), home: homedir() },
  });
}
