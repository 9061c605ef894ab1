/** One profile with several gateways, over real desks: one is shown and connected at a time. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { gatewayRequests } from '../../../contract/gateways.ts';
import { systemTime } from '../../../main/desk/clock/system-time.ts';
import { createDesk } from '../../../main/desk/create-desk.ts';
import { createFileSecrets } from '../../../main/profile/file-secrets.ts';
import { createProfileDesk } from '../../../main/profile/gateways/profile-desk.ts';
import type { ProfileDesk } from '../../../main/profile/gateways/profile-desk.ts';
import { created } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { createScreen } from './screen.ts';
import type { Screen } from './screen.ts';

let profile: string;
let street: ScriptedGateway;
let station: ScriptedGateway;
let desk: ProfileDesk;
let screen: Screen;

function open(): void {
  desk = createProfileDesk({
    profile,
    secretsIn: async (file) => createFileSecrets(file),
    createDesk: (place) =>
      createDesk({
        ...place,
        version: '0.0.0-test',
        network: { resolveProxy: async () => null, certificates: () => [] },
        ...{ time: systemTime, timeScale: 0.1, log: () => undefined },
      }),
    ...{ now: Date.now, log: () => undefined },
  });
  screen = createScreen();
  desk.attach((push) => screen.take(push));
}

async function restart(): Promise<void> {
  await desk.close();
  open();
  await desk.start();
}

const given = (gateway: ScriptedGateway) => ({ gateway: gateway.url, code: gateway.code, name: 'Front counter' });
const liveAt = ({ url }: ScriptedGateway) =>
  screen.until(`live at ${url}`, () => screen.state.current && screen.state.gateway?.url === url);
const list = async () => {
  const gateways = await desk.gateways.list();
  expect(gatewayRequests['gateways.list'].output.parse({ gateways })).toEqual({ gateways });
  return gateways.map(({ id, url, shown }) => [id, url, shown]);
};

beforeEach(async () => {
  profile = await mkdtemp(path.join(tmpdir(), 'tillwatch-gateways-'));
  [street, station] = [await startScriptedGateway(), await startScriptedGateway()];
  street.append(created('a'), created('b'));
  station.append(created('a', { reference: 'S-1' }));
  open();
  await desk.start();
});
afterEach(async () => {
  await desk.close();
  await Promise.all([street.close(), station.close()]);
  await rm(profile, { recursive: true, force: true });
});

/** Well before a gateway could learn it from a heartbeat that is missed, which takes 10 s at the least. */
const TOLD = { timeout: 8_000 };

describe('[CN1] several gateways of one profile', () => {
  test('none is known before the first; that one lives where a single one always did', async () => {
    expect(await list()).toEqual([]);
    expect(await desk.gateways.add(given(street))).toBe('1');
    await liveAt(street);
    expect(existsSync(path.join(profile, 'desk-key'))).toBe(true);
    expect(await list()).toEqual([['1', street.url, true]]);
  });

  test('one more is shown at once, and the other is left', async () => {
    await desk.handle('pairing.pair', given(street));
    await liveAt(street);
    expect(await desk.gateways.add(given(station))).toBe('2');
    await liveAt(station);
    expect(street.sockets()).toBe(0);
    expect(await list()).toEqual([
      ['1', street.url, false],
      ['2', station.url, true],
    ]);
    const [first] = await desk.gateways.list();
    expect(first?.shownUntil).toBeGreaterThan(Date.now() - 60_000);
  });

  test('nothing of one stands on the screen under the name of the other', async () => {
    await desk.gateways.add(given(street));
    await liveAt(street);
    await screen.until('both orders', () => screen.orders.get('main')?.size === 2);
    const before = screen.pushes.length;
    await desk.gateways.add(given(station));
    await liveAt(station);
    await screen.until('its order', () => screen.order('a')?.reference === 'S-1');
    expect([...screen.orders.get('main')!.keys()]).toEqual(['a']);
    const [first, ...later] = screen.pushes.slice(before);
    expect(first).toMatchObject({ name: 'desk.state', payload: { current: false, stores: [] } });
    const firstOrders = later.find((push) => push.name === 'desk.orders');
    expect(firstOrders).toMatchObject({ payload: { reset: true } });
  });

  test('going back shows what was held there, then goes on', async () => {
    await desk.gateways.add(given(street));
    await liveAt(street);
    await screen.until('both orders', () => screen.orders.get('main')?.size === 2);
    await desk.gateways.add(given(station));
    await liveAt(station);
    street.append(created('c'));
    await desk.gateways.switchTo('1');
    expect(screen.orders.get('main')?.size ?? 0).toBeLessThanOrEqual(3);
    await liveAt(street);
    await screen.until('all three', () => screen.orders.get('main')?.size === 3);
    expect(street.seen).toContain('subscribe 2');
    expect(station.sockets()).toBe(0);
    await desk.gateways.switchTo('1');
    expect(screen.state.gateway?.url).toBe(street.url);
  });

  test('a restart shows the one that was shown', async () => {
    await desk.gateways.add(given(street));
    await desk.gateways.add(given(station));
    await restart();
    await liveAt(station);
    expect(street.sockets()).toBe(0);
    await writeFile(path.join(profile, 'gateways.json'), '{"shown":');
    await restart();
    await liveAt(street);
    expect((await list()).map(([id]) => id)).toEqual(['1', '2']);
  });

  test('a code that is wrong changes nothing', async () => {
    await desk.gateways.add(given(street));
    await liveAt(street);
    await expect(desk.gateways.add({ ...given(station), code: 'BAD' })).rejects.toMatchObject({ code: 'bad-code' });
    expect(screen.state).toMatchObject({ current: true, gateway: { url: street.url } });
    expect(await list()).toEqual([['1', street.url, true]]);
    expect(existsSync(path.join(profile, 'gateways', '2'))).toBe(false);
  });

  test('the same gateway is not paired twice', async () => {
    await desk.gateways.add(given(street));
    const again = { ...given(street), gateway: `${street.url}/` };
    await expect(desk.gateways.add(again)).rejects.toMatchObject({ code: 'already-paired' });
    await expect(desk.gateways.switchTo('2')).rejects.toMatchObject({ code: 'unknown-gateway' });
    await expect(desk.gateways.forget('7')).rejects.toMatchObject({ code: 'unknown-gateway' });
  });
});

describe('[AU1] forgetting', () => {
  test('one that is not shown leaves nothing of it, and the shown one alone', async () => {
    await desk.gateways.add(given(street));
    await desk.gateways.add(given(station));
    await liveAt(station);
    await desk.gateways.forget('1');
    expect(await list()).toEqual([['2', station.url, true]]);
    expect(['desk-key', 'journal.sqlite'].map((name) => existsSync(path.join(profile, name)))).toEqual([false, false]);
    expect(screen.state.current).toBe(true);
    await restart();
    await liveAt(station);
    expect(await desk.gateways.add(given(street))).toBe('1');
    await liveAt(street);
  });

  test('the shown one brings back the one before it', async () => {
    await desk.gateways.add(given(street));
    await desk.gateways.add(given(station));
    await liveAt(station);
    await desk.gateways.forget('2');
    await liveAt(street);
    expect(existsSync(path.join(profile, 'gateways', '2'))).toBe(false);
    expect(await list()).toEqual([['1', street.url, true]]);
  });

  test('the last one leaves a desk that can be paired again', async () => {
    await desk.gateways.add(given(street));
    await liveAt(street);
    await desk.gateways.forget('1');
    await screen.until('unpaired', () => screen.state.connection.state === 'unpaired');
    expect(await list()).toEqual([]);
    await restart();
    await desk.handle('pairing.pair', given(station));
    await liveAt(station);
  });
});

describe('under pressure', () => {
  test('many that add, switch and forget at once end with one desk that is right', async () => {
    await desk.gateways.add(given(street));
    const all = await Promise.allSettled([
      desk.gateways.add(given(station)),
      desk.gateways.add(given(station)),
      desk.gateways.switchTo('1'),
      desk.gateways.switchTo('2'),
      desk.gateways.forget('1'),
      desk.gateways.switchTo('1'),
      desk.handle('orders.find', { q: 'x' }),
    ]);
    expect(all.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled'],
    ]);
    await liveAt(station);
    expect(await list()).toEqual([['2', station.url, true]]);
    await expect.poll(() => [street.sockets(), station.sockets()], TOLD).toEqual([0, 1]);
  });

  test('closing in the middle of a switch leaves no connection and a profile that opens', async () => {
    await desk.gateways.add(given(street));
    await desk.gateways.add(given(station));
    const switching = desk.gateways.switchTo('1').catch(() => undefined);
    await desk.close();
    await switching;
    await expect(desk.gateways.list()).rejects.toMatchObject({ code: 'closed' });
    await expect.poll(() => street.sockets() + station.sockets(), TOLD).toBe(0);
    open();
    await desk.start();
    await screen.until('live', () => screen.state.current);
  });

  test('closing does not wait for a gateway that does not answer', async () => {
    await desk.gateways.add(given(street));
    await liveAt(street);
    station.script.hang = /desks/;
    const adding = desk.gateways.add(given(station)).catch((error: unknown) => error);
    await expect.poll(() => existsSync(path.join(profile, 'gateways', '2'))).toBe(true);
    let answered = false;
    void adding.then(() => (answered = true));
    await desk.close();
    expect(answered).toBe(false);
    expect(await adding).toMatchObject({ code: 'timeout' });
    open();
    await desk.start();
    await liveAt(street);
    expect(await list()).toEqual([['1', street.url, true]]);
  });

  test('[AU4] what is kept of the choice names no key', async () => {
    await desk.gateways.add(given(street));
    await desk.gateways.add(given(station));
    const { privateKey } = JSON.parse(await readFile(path.join(profile, 'gateways', '2', 'desk-key'), 'utf8')) as {
      privateKey: string;
    };
    expect(await readFile(path.join(profile, 'gateways.json'), 'utf8')).not.toContain(privateKey);
    expect(JSON.stringify(await desk.gateways.list())).not.toContain(privateKey);
  });
});
