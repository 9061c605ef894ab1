/** The system's proxy and authorities, for requests, sockets and polls alike [CN12]. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NetworkPort } from '../../../main/desk/desk.ts';
import { startConnectProxy } from '../../support/connect-proxy/connect-proxy.ts';
import type { ConnectProxy } from '../../support/connect-proxy/connect-proxy.ts';
import { created } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { createAuthority } from '../../support/tls/certificates.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

/** A name that only the proxy can resolve (RFC 6761, section 6.4): what reaches it went through the proxy. */
const HOST = 'gateway.shop.invalid';
const PLACE = `${HOST}:8443`;

const authority = createAuthority('Shop authority');
let proxy: ConnectProxy;
let gateway: ScriptedGateway;
let desk: DeskUnderTest;

beforeEach(async () => {
  proxy = await startConnectProxy();
});

afterEach(async () => {
  await desk.stop();
  await gateway.close();
  await proxy.close();
});

async function start(tls: boolean, certificates: readonly string[] = [authority.cert]): Promise<void> {
  const network: NetworkPort = { resolveProxy: async () => proxy.url, certificates: () => certificates };
  gateway = await startScriptedGateway(tls ? authority.issue([HOST, 'localhost']) : undefined);
  proxy.routes.set(PLACE, Number(new URL(gateway.url).port));
  desk = await startDesk({ network, timeScale: 0.05 });
}

async function shows(order: string): Promise<void> {
  gateway.append(created(order));
  await desk.screen.until('the order', () => desk.screen.order(order) !== undefined && desk.screen.state.current);
}

describe('[CN12] a proxy', () => {
  test('carries pairing, requests and the WebSocket, and the own authority is trusted on each', async () => {
    await start(true);
    await desk.pair(`https://${PLACE}`, gateway.code);
    await desk.live();
    await desk.screen.until('the WebSocket', () => desk.screen.state.transport === 'websocket');
    await shows('a');
    expect(new Set(proxy.asked)).toEqual(new Set([PLACE]));
  });

  test('[CN9] carries the long poll', async () => {
    await start(true);
    gateway.script.blockSockets = true;
    await desk.pair(`https://${PLACE}`, gateway.code);
    await desk.screen.until('the fallback', () => desk.screen.state.connection.state === 'fallback');
    await shows('a');
    expect(new Set(proxy.asked)).toEqual(new Set([PLACE]));
  });

  test.each([
    ['wants a name first', () => (proxy.wantsName = true)],
    ['does not know the way', () => proxy.routes.clear()],
  ])('that %s is named, when pairing and afterwards', async (_what, spoil) => {
    await start(true);
    await desk.pair(`https://${PLACE}`, gateway.code);
    await desk.live();
    spoil();
    gateway.cut();
    await desk.screen.until('its name', () => {
      const { connection } = desk.screen.state;
      return connection.state === 'waiting' && connection.reason === 'intermediary';
    });
    await expect(desk.pair(`https://${PLACE}`, gateway.code)).rejects.toMatchObject({ code: 'intermediary' });
  });

  test.each([
    ['https', true],
    ['http', false],
  ])('is not asked for %s on this very machine', async (scheme, tls) => {
    await start(tls);
    const { port } = new URL(gateway.url);
    await desk.pair(`${scheme}://localhost:${port}`, gateway.code);
    await desk.live();
    await desk.screen.until('the WebSocket', () => desk.screen.state.transport === 'websocket');
    await shows('a');
    expect(proxy.asked).toEqual([]);
  });
});

describe('[CN12] certificates', () => {
  test('of an authority nobody named are refused, and no code is sent', async () => {
    await start(true, []);
    await expect(desk.pair(`https://${PLACE}`, gateway.code)).rejects.toMatchObject({ code: 'certificate' });
    expect(gateway.seen).toEqual([]);
  });

  test('for another name are refused as well', async () => {
    await start(true);
    proxy.routes.set('elsewhere.shop.invalid:8443', Number(new URL(gateway.url).port));
    const pairing = desk.pair('https://elsewhere.shop.invalid:8443', gateway.code);
    await expect(pairing).rejects.toMatchObject({ code: 'certificate' });
  });
});

test('[CN12] nothing but https leaves this machine, whatever the proxy', async () => {
  await start(false);
  await expect(desk.pair(`http://${PLACE}`, gateway.code)).rejects.toMatchObject({ code: 'insecure-address' });
  expect(proxy.asked).toEqual([]);
});
