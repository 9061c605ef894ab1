/** The desk core as its hosts see it: everything a desk does, without knowing which host carries it. */
import type { PushName, PushPayload, RequestInput, RequestName, RequestOutput } from '../../contract/ipc.ts';
import type { Timing } from './timing.ts';

/** One push of the desk to a renderer. */
export type Push = {
  [P in Exclude<PushName, 'desk.settings'>]: { name: P; payload: PushPayload<P> };
}[Exclude<PushName, 'desk.settings'>];

type HostRequestName =
  | 'app.info'
  | 'demo.start'
  | 'settings.read'
  | 'settings.write'
  | 'proxy.read'
  | 'proxy.write'
  | 'file.save'
  | 'diagnostics.bundle'
  | 'gateways.list'
  | 'gateways.add'
  | 'gateways.switch'
  | 'gateways.forget';

/** Requests the core answers; the others are the host's. */
export type DeskRequestName = Exclude<RequestName, HostRequestName>;

export type DeskSignal = 'suspend' | 'resume' | 'offline' | 'online' | 'route-changed';

export interface Desk {
  /** Opens the journal, shows what it holds, then connects when paired. Resolves once the journal is open. */
  start(): Promise<void>;
  /**
   * Answers a request whose sender and input were already checked.
   * @throws DeskError with a stable code and a message a person can act on
   */
  handle<R extends Exclude<DeskRequestName, 'desk.attach'>>(name: R, input: RequestInput<R>): Promise<RequestOutput<R>>;
  /**
   * Attaches one renderer: the state at once, then a new picture of every store, then changes, at most one message a
   * frame. @returns a function that detaches it
   */
  attach(send: (push: Push) => void): () => void;
  /** Hints of the host: the system sleeps, woke, lost or found its network, or another way leads to the gateway now. */
  signal(signal: DeskSignal): void;
  /** Ends the connection, flushes and closes the journal. Twice is harmless. */
  close(): Promise<void>;
}

export class DeskError extends Error {
  override readonly name = 'DeskError';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A device's Ed25519 private key and what it is paired with; the host decides how it is protected [AU1]. */
export interface SecretStore {
  /** `protected` by the system, or a `file` of mode 0600, which the user is told. */
  readonly kind: 'protected' | 'file';
  /** @returns what was saved last, null when nothing was or it was cleared */
  load(): Promise<string | null>;
  save(secret: string): Promise<void>;
  clear(): Promise<void>;
}

/** How the host reaches the network [CN12]; the default takes neither proxy nor further authorities. */
export interface NetworkPort {
  /** Proxy for a URL as `http://host:port`, null for a direct connection. */
  resolveProxy(url: string): Promise<string | null>;
  /** Certificate authorities in PEM to trust beside Node's own. */
  certificates(): readonly string[];
}

/** Time and chance, replaced in tests; the only place the core takes them from. */
export interface TimePort {
  /** Wall clock, epoch milliseconds. */
  now(): number;
  /** Monotonic milliseconds since some start. */
  monotonic(): number;
  /** Calls `run` once after `delayMs`; @returns a function that cancels it. The timer does not keep the process alive. */
  after(delayMs: number, run: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
}

export interface DeskOptions {
  /** Folder of the profile: the journal lives here. Created when missing. */
  readonly dataDir: string;
  readonly version: string;
  readonly secrets: SecretStore;
  readonly network: NetworkPort;
  readonly time: TimePort;
  /** Diagnostic lines without secrets or customer data. */
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields?: object) => void;
  /** Hours of events that are kept at least, as the person set it; 72 where it is left out [DL8]. */
  readonly retentionHours?: () => number;
  /** Scales every timer of the connection, for tests; 1 by default. */
  readonly timeScale?: number;
  /** Durations of the connection that differ from that, milliseconds. */
  readonly timings?: Partial<Timing>;
}
