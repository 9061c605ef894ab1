/** Somebody else answers in the gateway's place, on every way the desk takes by plain HTTP [CN10]. */
import { describe, expect, test as base } from 'vitest';
import { created } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

const PAGE = '<!doctype html><title>Hotel Wi-Fi</title><form action="/login">';

const strangers: readonly [who: string, status: number, body: string, headers: Record<string, string>, code: string][] =
  [
    ['a sign-in page', 200, PAGE, { 'content-type': 'text/html' }, 'captive-portal'],
    ['a page that claims to be data', 200, PAGE, {}, 'captive-portal'],
    ['a redirect', 302, '', { location: 'http://portal.invalid/' }, 'captive-portal'],
    ['network authentication', 511, PAGE, { 'content-type': 'text/html' }, 'captive-portal'],
    ['foreign data', 200, '{"status":"login required"}', {}, 'intermediary'],
    ['an array', 200, '[]', {}, 'intermediary'],
    ['nothing', 200, '', {}, 'intermediary'],
    ['plain words', 200, 'OK', { 'content-type': 'text/plain' }, 'intermediary'],
    ['a refusal in other words', 403, '{"message":"blocked by policy"}', {}, 'intermediary'],
  ];

interface Scene {
  readonly gateway: ScriptedGateway;
  readonly desk: DeskUnderTest;
}

/** Each test has a gateway and a desk of its own: most of it is waiting, so that several go side by side. */
const test = base.extend<Scene>({
  gateway: async ({}, use) => {
    const gateway = await startScriptedGateway();
    await use(gateway);
    await gateway.close();
  },
  desk: async ({ gateway: _ }, use) => {
    const desk = await startDesk({ timeScale: 0.05 });
    await use(desk);
    await desk.stop();
  },
});

function answerWith(
  gateway: ScriptedGateway,
  path: RegExp,
  [, status, body, headers]: (typeof strangers)[number],
): void {
  gateway.script.answer = [{ path, status, body, headers, times: 1_000_000 }];
}

async function named({ screen }: DeskUnderTest, code: string): Promise<void> {
  await screen.until(`the name ${code}`, () => {
    const { connection } = screen.state;
    return connection.state === 'waiting' && connection.reason === code;
  });
}

describe.concurrent.each(strangers)('[CN10] %s', (...stranger) => {
  const [, , , , code] = stranger;

  test('ends pairing in words, and nothing is saved', async ({ gateway, desk }) => {
    answerWith(gateway, /\/v1\/desks/, stranger);
    await expect(desk.pair(gateway.url, gateway.code)).rejects.toMatchObject({ code });
    expect(desk.secrets.value).toBeNull();
  });

  test.for([
    ['challenges', /challenges/] as const,
    ['tickets', /tickets/] as const,
    ['sessions', /sessions/] as const,
    ['snapshot', /snapshot/] as const,
  ])(
    'in the place of %s is named, nothing of it is shown, and the desk comes back',
    async ([, path], { gateway, desk }) => {
      answerWith(gateway, path, stranger);
      await desk.pair(gateway.url, gateway.code);
      await named(desk, code);
      expect(desk.screen.state).toMatchObject({ current: false, asOf: null });
      expect(desk.screen.state.stores[0]).toMatchObject({ name: 'Main street', seq: 0, epoch: null });
      gateway.script.answer = [];
      await desk.live();
    },
  );

  test('in the place of polls is named, and what was shown stays', async ({ gateway, desk }) => {
    gateway.script.blockSockets = true;
    await desk.pair(gateway.url, gateway.code);
    await desk.live();
    gateway.append(created('a'));
    await desk.screen.until('the order', () => desk.screen.order('a') !== undefined);
    answerWith(gateway, /\/events|\/v1\/health/, stranger);
    await named(desk, code);
    expect(desk.screen.order('a')).toEqual(gateway.orders().get('a'));
    expect(desk.screen.state).toMatchObject({ current: false, stores: [{ quarantined: 0, epoch: gateway.epoch }] });
  });

  test('in the place of an order’s history is no history', async ({ gateway, desk }) => {
    await desk.pair(gateway.url, gateway.code);
    await desk.live();
    gateway.append(created('a'));
    await desk.screen.until('the order', () => desk.screen.order('a') !== undefined);
    answerWith(gateway, /\/orders\//, stranger);
    const read = await desk.desk.handle('order.read', { store: 'main', order: 'a' });
    expect(read).toMatchObject({ from: 'journal', order: { id: 'a' } });
  });

  test('in the place of a delivery is an error that names it', async ({ gateway, desk }) => {
    await desk.pair(gateway.url, gateway.code);
    await desk.live();
    answerWith(gateway, /\/deliveries\//, stranger);
    const read = desk.desk.handle('delivery.read', { store: 'main', delivery: 'd1' });
    await expect(read).rejects.toMatchObject({ code });
  });

  test('in the place of a command’s answer leaves it in doubt until the gateway speaks', async ({ gateway, desk }) => {
    gateway.script.blockSockets = true;
    await desk.pair(gateway.url, gateway.code);
    await desk.live();
    gateway.append(created('a'));
    answerWith(gateway, /\/commands/, stranger);
    const outcome = await desk.desk.handle('command.send', { store: 'main', order: 'a', name: 'claim', args: {} });
    expect(outcome.state).toBe('unknown');
    gateway.script.answer = [];
    await desk.screen.until('its end', () => desk.screen.state.commands.some(({ state }) => state === 'done'));
  });
});
