import { describe, expect, it } from 'vitest';
import type { SavedFile } from '../../../../contract/saved-file.ts';
import type { LinkState } from '../../../../renderer/bridge/desk-link.ts';
import { codeOf } from '../../../../renderer/bridge/request-error.ts';
import { retryDelay, SocketLink } from '../../../../renderer/bridge/socket-link.ts';
import { deskState } from '../../../support/fake-bridge/scenario.ts';

const NOW = 1_795_000_000_000;

/** A socket of the host, played by hand. */
class FakeSocket extends EventTarget {
  readyState = 0;
  readonly sent: { id: number; request: string; input: unknown }[] = [];
  closedWith: number | undefined = undefined;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as FakeSocket['sent'][number]);
  }
  close(code?: number): void {
    this.closedWith = code ?? 1000;
    this.drop();
  }
  accept(): void {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
  say(frame: unknown): void {
    this.dispatchEvent(
      new MessageEvent('message', { data: typeof frame === 'string' ? frame : JSON.stringify(frame) }),
    );
  }
  drop(): void {
    this.readyState = 3;
    this.dispatchEvent(new Event('close'));
  }
}

function played() {
  const sockets: FakeSocket[] = [];
  const timers: { delayMs: number; run: () => void; cancelled: boolean }[] = [];
  const at = { now: 5000 };
  const offered: SavedFile[] = [];
  const link = new SocketLink({
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    now: () => at.now,
    wall: () => NOW,
    after: (delayMs, run) => {
      const timer = { delayMs, run, cancelled: false };
      timers.push(timer);
      return () => (timer.cancelled = true);
    },
    offer: (file) => void offered.push(file),
  });
  const states: LinkState[] = [];
  link.watch((state) => states.push(state));
  const socket = () => sockets.at(-1)!;
  return { link, sockets, timers, states, socket, at, offered };
}

it('hands a file to the browser of its page, and sends nothing to the host', async () => {
  const { link, offered, socket } = played();
  socket().accept();
  const file: SavedFile = { suggestedName: 'a.csv', mediaType: 'text/csv', parts: ['x'] };
  expect(await link.bridge.saveFile(file)).toEqual({ outcome: 'offered' });
  expect([offered, socket().sent.map(({ request }) => request)]).toEqual([[file], []]);
  link.close();
});

describe('link to the browser host', () => {
  it('answers a request by its id, and fails it with the host’s own code', async () => {
    const { link, socket } = played();
    socket().accept();
    const info = link.bridge.appInfo({});
    const preview = link.bridge.previewPairing({ link: 'x' });
    expect(socket().sent).toEqual([
      { id: 0, request: 'app.info', input: {} },
      { id: 1, request: 'pairing.preview', input: { link: 'x' } },
    ]);
    socket().say({ id: 1, ok: false, error: { code: 'bad-link', message: 'No link.' } });
    socket().say({ id: 0, ok: true, output: { version: '1', host: 'browser', platform: 'linux', demo: 'running' } });
    await expect(info).resolves.toMatchObject({ demo: 'running' });
    await expect(preview).rejects.toMatchObject({ code: 'bad-link', message: 'No link.' });
  });

  it('refuses an answer that does not fit the contract', async () => {
    const { link, socket } = played();
    socket().accept();
    const info = link.bridge.appInfo({});
    socket().say({ id: 0, ok: true, output: { version: 1 } });
    await expect(info).rejects.toMatchObject({ code: 'malformed' });
  });

  it('hands pushes to whoever listens, until they stop', () => {
    const { link, socket } = played();
    socket().accept();
    const heard: string[] = [];
    const end = link.bridge.onDeskState(({ connection }) => heard.push(connection.state));
    const push = { push: 'desk.state', payload: deskState(NOW, { state: 'live', since: NOW }) };
    socket().say(push);
    socket().say({ push: 'desk.of-a-later-version', payload: 1 });
    end();
    socket().say(push);
    expect(heard).toEqual(['live']);
  });

  it.each([['not json'], [{ push: 'desk.state', payload: { connection: 1 } }], [{ id: 'x' }]])(
    'asks for a whole new picture when a frame cannot be read: %j',
    (frame) => {
      const { socket, states } = played();
      socket().accept();
      socket().say(frame);
      expect(socket().closedWith).toBe(4000);
      expect(states.at(-1)).toMatchObject({ state: 'lost', reason: 'unreadable' });
    },
  );

  it('says that the host is gone, fails what is under way, and comes back by itself', async () => {
    const { link, sockets, timers, states, socket } = played();
    socket().accept();
    const info = link.bridge.appInfo({});
    socket().drop();
    await expect(info).rejects.toSatisfy((error) => codeOf(error) === 'host-gone');
    expect(states).toEqual([
      { state: 'opening' },
      { state: 'open' },
      { state: 'lost', since: NOW, retryAt: 5250, reason: 'gone' },
    ]);
    await expect(link.bridge.appInfo({})).rejects.toMatchObject({ code: 'host-gone' });
    timers.at(-1)!.run();
    socket().drop();
    expect(states.at(-1)).toEqual({ state: 'lost', since: NOW, retryAt: 5500, reason: 'gone' });
    link.retry();
    expect(sockets).toHaveLength(3);
    socket().accept();
    expect(states.at(-1)).toEqual({ state: 'open' });
  });

  it('tries again ever later, but never later than 4 s', () => {
    expect([0, 1, 2, 3, 4, 9].map(retryDelay)).toEqual([250, 500, 1000, 2000, 4000, 4000]);
  });

  it('waits ever longer where a connection opens only to end again, and starts over after a good one', () => {
    const { timers, socket, at } = played();
    for (let n = 0; n < 3; n += 1) {
      socket().accept();
      socket().say('not json');
      timers.at(-1)!.run();
    }
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([250, 500, 1000]);
    socket().accept();
    at.now += 5000;
    socket().drop();
    expect(timers.at(-1)?.delayMs).toBe(250);
  });

  it('ignores what a socket of before still says', () => {
    const { link, sockets, timers, socket } = played();
    const heard: unknown[] = [];
    link.bridge.onDeskState((state) => heard.push(state));
    sockets[0]!.drop();
    timers.at(-1)!.run();
    socket().accept();
    sockets[0]!.say({ push: 'desk.state', payload: deskState(NOW, { state: 'closed' }) });
    sockets[0]!.drop();
    expect(heard).toEqual([]);
    expect(sockets).toHaveLength(2);
  });

  it('opens nothing any more once closed', () => {
    const { link, sockets, timers, socket } = played();
    socket().accept();
    socket().drop();
    link.close();
    expect(timers.at(-1)!.cancelled).toBe(true);
    link.retry();
    expect(sockets).toHaveLength(1);
  });
});
