/** The link of a page served by the browser host: one WebSocket to the same origin that opens itself again. */
import type { TillwatchBridge } from '../../contract/ipc.ts';
import type { DeskLink, LinkState } from './desk-link.ts';
import { createSocketCalls } from './socket-calls.ts';
import type { SocketCalls } from './socket-calls.ts';

/** What the link needs of the page it runs in. */
export interface LinkPorts {
  open(): WebSocket;
  /** Monotonic milliseconds. */
  now(): number;
  /** This device's wall clock, epoch milliseconds. */
  wall(): number;
  /** @returns a function that cancels */
  after(delayMs: number, run: () => void): () => void;
}

/** Milliseconds until try n after a loss: the host is on this machine, so a try costs nothing. */
export function retryDelay(attempt: number): number {
  return Math.min(250 * 2 ** attempt, 4000);
}

function bridgeOf(calls: SocketCalls): TillwatchBridge {
  return {
    appInfo: (input) => calls.request('app.info', input),
    attachDesk: (input) => calls.request('desk.attach', input),
    retryConnection: (input) => calls.request('connection.retry', input),
    previewPairing: (input) => calls.request('pairing.preview', input),
    pair: (input) => calls.request('pairing.pair', input),
    forgetPairing: (input) => calls.request('pairing.forget', input),
    startDemo: (input) => calls.request('demo.start', input),
    readOrder: (input) => calls.request('order.read', input),
    readDelivery: (input) => calls.request('delivery.read', input),
    onDeskState: (listener) => calls.on('desk.state', listener),
    onDeskOrders: (listener) => calls.on('desk.orders', listener),
    onDeskMoments: (listener) => calls.on('desk.moments', listener),
    onDeskNotice: (listener) => calls.on('desk.notice', listener),
  };
}

export function createSocketLink(ports: LinkPorts): DeskLink {
  const listeners = new Set<(state: LinkState) => void>();
  let state: LinkState = { state: 'opening' };
  let socket: WebSocket | null = null;
  let attempt = 0;
  let cancelRetry: () => void = () => undefined;
  let closed = false;

  const calls = createSocketCalls(
    (text) => {
      if (socket?.readyState !== 1) return false;
      socket.send(text);
      return true;
    },
    // A push that cannot be read leaves a hole in the picture: a new attachment brings a whole one.
    () => socket?.close(4000, 'malformed'),
  );

  function become(next: LinkState): void {
    state = next;
    for (const listener of listeners) listener(next);
  }

  function connect(): void {
    cancelRetry();
    const mine = ports.open();
    socket = mine;
    mine.addEventListener('open', () => {
      if (mine !== socket) return;
      attempt = 0;
      become({ state: 'open' });
    });
    mine.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (mine === socket && typeof data === 'string') calls.receive(data);
    });
    mine.addEventListener('close', () => {
      if (mine === socket) lost();
    });
  }

  function lost(): void {
    socket = null;
    calls.fail();
    if (closed) return;
    const delay = retryDelay(attempt++);
    cancelRetry = ports.after(delay, connect);
    const since = state.state === 'lost' ? state.since : ports.wall();
    become({ state: 'lost', since, retryAt: ports.now() + delay });
  }

  connect();
  return {
    bridge: bridgeOf(calls),
    watch: (listener) => {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    retry: () => {
      if (state.state === 'lost' && !closed && socket === null) connect();
    },
    close: () => {
      closed = true;
      cancelRetry();
      socket?.close();
      listeners.clear();
      calls.fail();
    },
  };
}
