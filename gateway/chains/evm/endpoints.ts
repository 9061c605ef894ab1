import type { Clock } from '../../ledger.ts';
import type { Logger } from '../../logger.ts';
import { WELL, afterFailure, nextTry, worthTrying } from './endpoint-health.ts';
import type { EndpointHealth } from './endpoint-health.ts';
import type { EvmListener, EvmNode } from './node.ts';
import { RpcFailure } from './rpc.ts';
import type { EvmTimings } from './timings.ts';

export interface EndpointsOptions {
  readonly urls: readonly string[];
  /** Network id that every endpoint has to be of. */
  readonly chainId: number;
  readonly timings: EvmTimings;
  /** Milliseconds that only ever grow. */
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  readonly connect: (url: string) => EvmNode;
  readonly listener: EvmListener;
  /** Height that an endpoint has to have reached to be gone back to. */
  readonly height: () => number;
  /** Called when an earlier endpoint is well again, and the next `take` gives it. */
  readonly onBetter: () => void;
}

export type Taken =
  | { readonly node: EvmNode }
  | { readonly node: null; /** For people. */ readonly note: string; readonly retryAt: number };

interface Seat {
  readonly index: number;
  readonly node: EvmNode;
  /** In steady milliseconds. */
  readonly since: number;
}

/** The nodes of one chain: the first that is well is used, and gone back to when it is well again. */
export class Endpoints {
  readonly #options: EndpointsOptions;
  #healths: readonly EndpointHealth[];
  #inUse: Seat | null = null;
  #better: Seat | null = null;
  #probing: Promise<void> | null = null;
  readonly #connecting = new Set<EvmNode>();
  #closed = false;

  constructor(options: EndpointsOptions) {
    this.#options = options;
    this.#healths = options.urls.map(() => WELL);
  }

  get count(): number {
    return this.#healths.length;
  }

  /** The node to ask now, or why there is none. */
  async take(): Promise<Taken> {
    if (this.#better) await this.#goBack(this.#better);
    if (this.#inUse) {
      this.#probe(this.#inUse.index);
      return { node: this.#inUse.node };
    }
    for (const index of worthTrying(this.#healths, null, this.#options.clock.now())) {
      const node = await this.#tried(index, { height: 0, listener: this.#options.listener });
      if (!node) continue;
      this.#inUse = { index, node, since: this.#options.clock.now() };
      return { node };
    }
    const notes = this.#healths.flatMap(({ note }) => note ?? []);
    return { node: null, note: notes.join('; ').slice(0, 500), retryAt: nextTry(this.#healths) };
  }

  /** The node in use failed: it is left. */
  async leave(why: string): Promise<void> {
    const left = this.#inUse;
    if (!left) return;
    this.#inUse = null;
    this.#failed(left.index, `${left.node.host} ${why}`);
    await left.node.close();
  }

  /** The node in use did what was asked of it; after a while its failures are forgotten, so that one that flaps is not. */
  praise(): void {
    const { clock, timings } = this.#options;
    if (this.#inUse && clock.now() - this.#inUse.since >= timings.retryMaxMs) this.#judge(this.#inUse.index, WELL);
  }

  /**
   * Asks another endpoint than the one in use, once.
   * @returns undefined where there is no other, or it did not answer
   */
  async second<T>(ask: (node: EvmNode) => Promise<T>): Promise<T | undefined> {
    const index = this.#healths.findIndex((_, each) => each !== this.#inUse?.index);
    if (index < 0) return undefined;
    const node = await this.#tried(index, { height: 0 });
    if (!node) return undefined;
    this.#connecting.add(node);
    try {
      return await ask(node);
    } catch {
      return undefined;
    } finally {
      this.#connecting.delete(node);
      await node.close();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    const nodes = [...this.#connecting, ...[this.#inUse, this.#better].flatMap((each) => each?.node ?? [])];
    await Promise.all(nodes.map((node) => node.close()));
    await this.#probing;
  }

  async #goBack(better: Seat): Promise<void> {
    this.#better = null;
    await this.#inUse?.node.close();
    this.#inUse = better;
    this.#options.log.info({ endpoint: better.node.host }, 'back to an earlier endpoint');
  }

  /** Sees in the background whether an earlier endpoint is well again; the one in use goes on meanwhile. */
  #probe(inUse: number): void {
    const [index] = worthTrying(this.#healths, inUse, this.#options.clock.now());
    if (index === undefined || this.#probing || this.#closed) return;
    const { clock, height, listener } = this.#options;
    this.#probing = this.#tried(index, { height: height(), listener }).then((node) => {
      this.#probing = null;
      if (!node) return;
      this.#better = { index, node, since: clock.now() };
      this.#options.onBetter();
    });
  }

  /** A connected node of the right chain, or null with the endpoint's failure noted. */
  async #tried(index: number, wanted: { height: number; listener?: EvmListener }): Promise<EvmNode | null> {
    if (this.#closed) return null;
    const node = this.#options.connect(this.#options.urls[index] ?? '');
    this.#connecting.add(node);
    try {
      await this.#verified(node, wanted.height);
      if (this.#closed) throw new RpcFailure('was closed');
      if (wanted.listener) await node.listen(wanted.listener);
      return node;
    } catch (error) {
      const why = error instanceof RpcFailure ? error.message : 'failed';
      if (!this.#closed) this.#failed(index, `${node.host} ${why}`);
      await node.close();
      return null;
    } finally {
      this.#connecting.delete(node);
    }
  }

  async #verified(node: EvmNode, height: number): Promise<void> {
    const { chainId } = this.#options;
    const actual = await node.chainId();
    if (actual !== chainId) throw new RpcFailure(`is on chain eip155:${actual}, not eip155:${chainId}; it is not used`);
    if (height === 0) return;
    const head = await node.head();
    if (head.number < height) throw new RpcFailure(`is ${height - head.number} blocks behind`);
  }

  #failed(index: number, note: string): void {
    const { clock, log, random, timings } = this.#options;
    this.#judge(index, afterFailure(this.#healths[index] ?? WELL, note, clock.now(), random(), timings));
    log.warn({ note }, 'an endpoint of the chain is left');
  }

  #judge(index: number, health: EndpointHealth): void {
    this.#healths = this.#healths.map((each, at) => (at === index ? health : each));
  }
}
