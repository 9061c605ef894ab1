/** The link of a page served by the browser host: one WebSocket to the same origin that opens itself again. */
import type { TillwatchBridge } from '../../contract/bridge.ts';
import type { SavedFile, SaveOutcome } from '../../contract/saved-file.ts';
import type { DeskLink, LinkState } from './desk-link.ts';
import { SocketCalls } from './socket-calls.ts';

/** What the link needs of the page it runs in. */
export interface LinkPorts {
  readonly open: () => WebSocket;
  /** Monotonic milliseconds. */
  readonly now: () => number;
  /** This device's wall clock, epoch milliseconds. */
  readonly wall: () => number;
  /** @returns a function that cancels */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Hands a file to the browser. @throws RequestError where it is none that can be saved */
  readonly offer: (file: SavedFile) => void;
}

/** `WebSocket.OPEN`. */
const OPEN = 1;

/** A connection that lasted this long was a good one; milliseconds. */
const STABLE_MS = 5000;

/** Milliseconds until try n after a loss: the host is on this machine, so a try costs nothing. */
export function retryDelay(attempt: number): number {
  return Math.min(250 * 2 ** attempt, 4000);
}

/** A file never takes the way to the host: the browser of this page keeps it where its person keeps downloads. */
async function offered(file: SavedFile, offer: LinkPorts['offer']): Promise<SaveOutcome> {
  offer(file);
  return { outcome: 'offered' };
}

function bridgeOf(calls: SocketCalls, offer: LinkPorts['offer']): TillwatchBridge {
  return {
    appInfo: (input) => calls.request('app.info', input),
    attachDesk: (input) => calls.request('desk.attach', input),
    retryConnection: (input) => calls.request('connection.retry', input),
    previewPairing: (input) => calls.request('pairing.preview', input),
    pair: (input) => calls.request('pairing.pair', input),
    forgetPairing: (input) => calls.request('pairing.forget', input),
    startDemo: (input) => calls.request('demo.start', input),
    readOrder: (input) => calls.request('order.read', input),
    findOrders: (input) => calls.request('orders.find', input),
    readDelivery: (input) => calls.request('delivery.read', input),
    sendCommand: (input) => calls.request('command.send', input),
    commandStatus: (input) => calls.request('command.status', input),
    runDoctor: (input) => calls.request('doctor.run', input),
    readSettings: (input) => calls.request('settings.read', input),
    writeSettings: (input) => calls.request('settings.write', input),
    readProxy: (input) => calls.request('proxy.read', input),
    writeProxy: (input) => calls.request('proxy.write', input),
    readReplayRange: (input) => calls.request('replay.range', input),
    readReplay: (input) => calls.request('replay.orders', input),
    pageOrders: (input) => calls.request('orders.page', input),
    readConnectionHistory: (input) => calls.request('connection.history', input),
    listQuarantine: (input) => calls.request('quarantine.list', input),
    saveFile: async (input) => offered(input, offer),
    exportCase: (input) => calls.request('case.export', input),
    makeDiagnostics: (input) => calls.request('diagnostics.bundle', input),
    listGateways: (input) => calls.request('gateways.list', input),
    addGateway: (input) => calls.request('gateways.add', input),
    switchGateway: (input) => calls.request('gateways.switch', input),
    forgetGateway: (input) => calls.request('gateways.forget', input),
    onDeskState: (listener) => calls.on('desk.state', listener),
    onDeskOrders: (listener) => calls.on('desk.orders', listener),
    onDeskUnmatched: (listener) => calls.on('desk.unmatched', listener),
    onDeskMoments: (listener) => calls.on('desk.moments', listener),
    onDeskNotice: (listener) => calls.on('desk.notice', listener),
    onDeskDoctor: (listener) => calls.on('desk.doctor', listener),
    onSettings: (listener) => calls.on('desk.settings', listener),
  };
}

export class SocketLink implements DeskLink {
  readonly bridge: TillwatchBridge;
  readonly #ports: LinkPorts;
  readonly #calls: SocketCalls;
  readonly #listeners = new Set<(state: LinkState) => void>();
  #state: LinkState = { state: 'opening' };
  #socket: WebSocket | null = null;
  #attempt = 0;
  #openedAt: number | null = null;
  #unreadable = false;
  #cancelRetry: () => void = () => undefined;
  #closed = false;

  constructor(ports: LinkPorts) {
    this.#ports = ports;
    this.#calls = new SocketCalls(
      (text) => this.#send(text),
      // A push that cannot be read leaves a hole in the picture: a new attachment brings a whole one.
      () => this.#giveUp(),
    );
    this.bridge = bridgeOf(this.#calls, ports.offer);
    this.#connect();
  }

  watch(listener: (state: LinkState) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }

  retry(): void {
    if (!this.#closed && this.#socket === null) this.#connect();
  }

  close(): void {
    this.#closed = true;
    this.#cancelRetry();
    this.#socket?.close();
    this.#socket = null;
    this.#listeners.clear();
    this.#calls.fail();
  }

  #send(text: string): boolean {
    if (this.#socket?.readyState !== OPEN) return false;
    this.#socket.send(text);
    return true;
  }

  /** What a former socket still says is ignored: only the newest one counts. */
  #connect(): void {
    this.#cancelRetry();
    const mine = this.#ports.open();
    this.#socket = mine;
    mine.addEventListener('open', () => {
      if (mine !== this.#socket) return;
      this.#openedAt = this.#ports.now();
      this.#unreadable = false;
      this.#become({ state: 'open' });
    });
    mine.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (mine === this.#socket && typeof data === 'string') this.#calls.receive(data);
    });
    mine.addEventListener('close', () => {
      if (mine === this.#socket) this.#lost();
    });
  }

  #giveUp(): void {
    this.#unreadable = true;
    this.#socket?.close(4000, 'malformed');
  }

  #lost(): void {
    this.#socket = null;
    this.#calls.fail();
    // A connection that opens only to end again must not be tried ever so quickly for ever.
    if (this.#openedAt !== null && this.#ports.now() - this.#openedAt >= STABLE_MS) this.#attempt = 0;
    this.#openedAt = null;
    const delay = retryDelay(this.#attempt++);
    this.#cancelRetry = this.#ports.after(delay, () => this.#connect());
    const since = this.#state.state === 'lost' ? this.#state.since : this.#ports.wall();
    const reason = this.#unreadable ? 'unreadable' : 'gone';
    this.#become({ state: 'lost', since, retryAt: this.#ports.now() + delay, reason });
  }

  #become(next: LinkState): void {
    this.#state = next;
    for (const listener of this.#listeners) listener(next);
  }
}
