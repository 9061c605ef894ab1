import type { TillwatchHost } from '../../../../contract/bridge.ts';
import type { Probe } from '../probe.ts';

/** All that the preload script may show a page; the type keeps it complete. */
const namedFunctions: Readonly<Record<keyof TillwatchHost, true>> = {
  appInfo: true,
  attachDesk: true,
  retryConnection: true,
  previewPairing: true,
  pair: true,
  forgetPairing: true,
  startDemo: true,
  readOrder: true,
  findOrders: true,
  readDelivery: true,
  sendCommand: true,
  commandStatus: true,
  runDoctor: true,
  readSettings: true,
  writeSettings: true,
  readProxy: true,
  writeProxy: true,
  readReplayRange: true,
  readReplay: true,
  pageOrders: true,
  readConnectionHistory: true,
  listQuarantine: true,
  saveFile: true,
  exportCase: true,
  makeDiagnostics: true,
  listGateways: true,
  addGateway: true,
  switchGateway: true,
  forgetGateway: true,
  onDeskState: true,
  onDeskOrders: true,
  onDeskUnmatched: true,
  onDeskMoments: true,
  onDeskNotice: true,
  onDeskDoctor: true,
  onSettings: true,
};

const policy: Probe = {
  item: 7,
  title: 'a strict content security policy is in force',
  async look({ page }) {
    const told = await page.evaluate(
      () =>
        new Promise<{ policy: string; ran: boolean }>((resolve) => {
          const ran = () => 'tillwatchProbeRan' in globalThis;
          addEventListener('securitypolicyviolation', (event) => resolve({ policy: event.originalPolicy, ran: ran() }));
          const script = document.createElement('script');
          script.textContent = 'globalThis.tillwatchProbeRan = true';
          document.head.append(script);
          script.remove();
          if (ran()) resolve({ policy: '', ran: true });
        }),
    );
    const wanted = ["default-src 'none'", "script-src 'self'", "connect-src 'none'", "base-uri 'none'"];
    return [
      ...(told.ran ? ['a script within the page was run'] : []),
      ...wanted.filter((each) => !told.policy.includes(each)).map((each) => `the policy lacks ${each}`),
      ...(/unsafe-|\*|https?:/.exec(told.policy) ?? []).map((loose) => `the policy has ${loose}`),
    ];
  },
};

const surface: Probe = {
  item: 20,
  title: 'the page gets named functions and nothing of Electron',
  async look({ page }) {
    const found = await page.evaluate(async () => {
      const host = (globalThis as unknown as { tillwatchHost: Record<string, unknown> }).tillwatchHost;
      const heard = await new Promise<number>((resolve) => {
        const listen = host['onDeskState'] as (listener: (...args: unknown[]) => void) => void;
        listen((...args) => resolve(args.length));
        void (host['attachDesk'] as (input: object) => Promise<unknown>)({});
      });
      return {
        names: Object.keys(host),
        others: Object.entries(host)
          .filter(([, value]) => typeof value !== 'function')
          .map(([name]) => name),
        heard,
        changed: Reflect.set(host, 'appInfo', () => undefined),
      };
    });
    const wanted = Object.keys(namedFunctions);
    return [
      ...found.names.filter((name) => !wanted.includes(name)).map((name) => `the page is given ${name}`),
      ...wanted.filter((name) => !found.names.includes(name)).map((name) => `the page lacks ${name}`),
      ...found.others.map((name) => `${name} is no function`),
      ...(found.heard === 1 ? [] : [`a listener is given ${found.heard} values, one of them Electron's event`]),
      ...(found.changed ? ['the page can change what it was given'] : []),
    ];
  },
};

export const pageProbes: readonly Probe[] = [policy, surface];
