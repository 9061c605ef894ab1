/**
 * A page in a process of its own: the renderer's own link and store, without a window. Its parent asks it what is on the
 * screen. Argument: the link of the browser host.
 */
import { WebSocket } from 'ws';
import { canonicalJson } from '../../../../gateway/canonical-json.ts';
import { SocketLink } from '../../../../renderer/bridge/socket-link.ts';
import { DeskStore } from '../../../../renderer/store/desk-store.ts';
import { createGatewayClock } from '../../../../renderer/store/gateway-clock.ts';
import { runDesk } from '../../../../renderer/store/run-desk.ts';
import { createTicker } from '../../../../renderer/store/ticker.ts';
import { cookieOf } from '../../browser-host/page-client.ts';
import { fingerprint } from './picture.ts';
import type { PagePicture } from './picture.ts';

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

async function main(link: string): Promise<void> {
  const { host, origin } = new URL(link);
  const headers = { origin, cookie: await cookieOf(link) };
  const clock = createGatewayClock({ monotonic: () => performance.now(), wall: () => Date.now() });
  const store = new DeskStore(() => clock.read().now);
  const desk = new SocketLink({
    // What the link uses of a browser's WebSocket, ws has too; it takes the cookie that a browser would send by itself.
    open: () => new WebSocket(`ws://${host}/ipc`, { headers }) as unknown as globalThis.WebSocket,
    now: () => performance.now(),
    wall: () => Date.now(),
    after,
    offer: () => undefined,
  });
  runDesk({ link: desk, store, clock, ticker: createTicker(clock, after), play: () => undefined });
  process.on('message', () => process.send?.(pictureOf(store)));
  // Whoever started this page has gone.
  process.on('disconnect', () => process.exit(0));
}

function pictureOf({ api }: DeskStore): PagePicture {
  const { link, desk, complete, orders } = api.getState();
  const hashes = [...orders.values()].map((order) => [order.id, fingerprint(canonicalJson(order))] as const);
  const current = link.state === 'open' && complete && desk?.current === true;
  return { current, orders: Object.fromEntries(hashes) };
}

const [link] = process.argv.slice(2);
if (link === undefined) throw new Error('a page needs a link');
await main(link);
