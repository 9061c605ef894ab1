import type { gatewayRequests } from '../../contract/gateways.ts';
import type { AppInfo } from '../../contract/ipc.ts';
import type { SaveOutcome, savedFileSchema } from '../../contract/saved-file.ts';
import type { Settings, SettingsChanges } from '../../contract/settings.ts';
import { DeskError } from '../desk/desk.ts';
import type { Desk } from '../desk/desk.ts';
import type { DemoChannel } from '../profile/demo-channel.ts';
import type { GatewayChoice } from '../profile/gateways/profile-desk.ts';
import { proxyView } from '../profile/proxy-port.ts';
import type { ProxyPort } from '../profile/proxy-port.ts';
import type { LogLine } from '../profile/recent-log.ts';
import type { SettingsStore } from '../profile/settings-file.ts';
import type { z } from 'zod';
import type { DeskWatch } from './desk-watch.ts';
import { makeDiagnostics } from './make-diagnostics.ts';
import type { RequestHandlers } from './request-door.ts';

export interface HostRequestOptions {
  readonly desk: Desk;
  readonly watch: DeskWatch;
  readonly version: string;
  readonly host: AppInfo['host'];
  readonly deskName: string;
  /** Null when this start has no demo. */
  readonly demo: DemoChannel | null;
  readonly settings: SettingsStore;
  readonly proxy: ProxyPort;
  readonly gateways: GatewayChoice;
  /** Has a person choose where a file goes, and writes it. */
  readonly saveFile: (file: CheckedFile) => Promise<SaveOutcome>;
  /** The newest diagnostic lines, oldest first. */
  readonly recentLog: () => readonly LogLine[];
}

type CheckedFile = z.output<typeof savedFileSchema>;

/** The requests of a page: the desk's own go to the desk, the host's are answered here. */
export function hostRequests(options: HostRequestOptions): Omit<RequestHandlers, 'desk.attach'> {
  const { desk, watch, settings, proxy, gateways } = options;
  const proxyNow = () => proxyView(proxy, watch.state()?.gateway?.url ?? null);
  return {
    'app.info': async () => appInfo(options),
    'demo.start': async () => startDemo(options),
    'connection.retry': (input) => desk.handle('connection.retry', input),
    'pairing.preview': (input) => desk.handle('pairing.preview', input),
    'pairing.pair': (input) => desk.handle('pairing.pair', input),
    'pairing.forget': (input) => desk.handle('pairing.forget', input),
    'order.read': (input) => desk.handle('order.read', input),
    'orders.find': (input) => desk.handle('orders.find', input),
    'delivery.read': (input) => desk.handle('delivery.read', input),
    'command.send': (input) => desk.handle('command.send', input),
    'command.status': (input) => desk.handle('command.status', input),
    'doctor.run': (input) => desk.handle('doctor.run', input),
    'settings.read': async () => settings.read(),
    'settings.write': async ({ changes }) => writeSettings(settings, changes),
    'proxy.read': proxyNow,
    'proxy.write': async (input) => {
      await proxy.write(input.settings);
      return proxyNow();
    },
    'replay.range': (input) => desk.handle('replay.range', input),
    'replay.orders': (input) => desk.handle('replay.orders', input),
    'orders.page': (input) => desk.handle('orders.page', input),
    'connection.history': (input) => desk.handle('connection.history', input),
    'quarantine.list': (input) => desk.handle('quarantine.list', input),
    'case.export': (input) => desk.handle('case.export', input),
    'file.save': (file) => options.saveFile(file),
    'diagnostics.bundle': () => makeDiagnostics(options, appInfo(options), proxyNow),
    ...gatewayAnswers(gateways),
  };
}

function writeSettings(settings: SettingsStore, changes: SettingsChanges): Settings {
  try {
    return settings.write(changes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DeskError('not-kept', `The settings could not be written, and stay as they were: ${reason}`);
  }
}

function gatewayAnswers(gateways: GatewayChoice): Pick<RequestHandlers, keyof typeof gatewayRequests> {
  return {
    'gateways.list': async () => ({ gateways: await gateways.list() }),
    'gateways.add': async (input) => ({ id: await gateways.add(input) }),
    'gateways.switch': async ({ id }) => {
      await gateways.switchTo(id);
      return {};
    },
    'gateways.forget': async ({ id }) => {
      await gateways.forget(id);
      return {};
    },
  };
}

function appInfo({ version, host, watch, demo }: HostRequestOptions): AppInfo {
  const paired = watch.state()?.gateway !== null;
  const state = demo === null ? 'unavailable' : paired ? 'running' : 'available';
  return { version, host, platform: process.platform, demo: state };
}

/** Has the demo started and pairs with its gateway. */
export async function startDemo({ desk, demo, deskName }: HostRequestOptions): Promise<Record<string, never>> {
  if (!demo) throw new DeskError('demo-unavailable', 'Start Tillwatch with "npm start" to explore the demo.');
  const offer = await demo.start().catch((error: unknown) => {
    throw new DeskError('demo-unavailable', error instanceof Error ? error.message : String(error));
  });
  await desk.handle('pairing.pair', { ...offer, name: deskName });
  return {};
}
