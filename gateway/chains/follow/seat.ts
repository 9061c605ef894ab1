import type { Clock } from '../../ledger.ts';
import type { CanonicalChain } from './canonical-chain.ts';
import type { ChainHeader, ChainNode } from './chain-node.ts';
import { WELL } from './endpoint-health.ts';
import type { EndpointHealth } from './endpoint-health.ts';
import { viewOf } from './node-view.ts';
import type { NodeView } from './node-view.ts';

/** One endpoint of the configuration: its connection while there is one, and what is known of it. */
export class Seat<N extends ChainNode<ChainHeader, never>> {
  readonly index: number;
  /** Host and port; its place in the configuration before the first connection. */
  host: string;
  health: EndpointHealth = WELL;
  /** How it stood to the walked chain when it was last looked at; null before, and while it is in use. */
  view: NodeView | null = null;
  /** When it was well the last time, followed or looked at; in steady milliseconds. */
  wellAt = -Infinity;
  /** When its head last grew, in steady milliseconds. */
  movedAt = -Infinity;
  readonly #connect: () => N;
  readonly #verify: (node: N) => Promise<void>;
  #connection: { readonly node: N; readonly ready: Promise<void> } | null = null;
  #looking = false;
  #lookedAt = -Infinity;

  constructor(index: number, connect: () => N, verify: (node: N) => Promise<void>) {
    this.index = index;
    this.host = `endpoint ${index + 1}`;
    this.#connect = connect;
    this.#verify = verify;
  }

  /** The connected node, if there is one. */
  get node(): N | null {
    return this.#connection?.node ?? null;
  }

  /** A node of the right chain, connected now where it was not yet. @throws NodeFailure */
  async connected(): Promise<N> {
    const connection = (this.#connection ??= this.#newConnection());
    await connection.ready;
    return connection.node;
  }

  mayLook(now: number, everyMs: number): boolean {
    return !this.#looking && now >= this.health.retryAt && now - this.#lookedAt >= everyMs;
  }

  /** @throws NodeFailure */
  async look(chain: CanonicalChain, leeway: number, clock: Clock): Promise<void> {
    this.#looking = true;
    this.#lookedAt = clock.now();
    try {
      const view = await viewOf(await this.connected(), chain, leeway);
      if (view.height !== this.view?.height) this.movedAt = clock.now();
      this.view = view;
    } finally {
      this.#looking = false;
    }
  }

  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    await connection?.node.close();
  }

  #newConnection(): { node: N; ready: Promise<void> } {
    const node = this.#connect();
    this.host = node.host;
    const ready = this.#verify(node);
    ready.catch(() => undefined);
    return { node, ready };
  }
}
