import type { NodeStanding } from '../../observations.ts';
import type { Clock } from '../../ledger.ts';
import type { Logger } from '../../logger.ts';
import { agreement, stateOf } from './agreement.ts';
import type { Agreement, Walked } from './agreement.ts';
import type { CanonicalChain } from './canonical-chain.ts';
import type { ChainHeader, ChainNode, NodeListener } from './chain-node.ts';
import { WELL, afterFailure, nextTry, worthTrying } from './endpoint-health.ts';
import { NodeFailure } from './node-failure.ts';
import { Seat } from './seat.ts';
import type { FollowTimings } from './timings.ts';

export interface EndpointsOptions<N, T> {
  readonly urls: readonly string[];
  readonly timings: FollowTimings;
  /** Milliseconds that only ever grow. */
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  readonly connect: (url: string) => N;
  /** @throws NodeFailure when the endpoint is of another chain */
  readonly verify: (node: N) => Promise<void>;
  readonly listener: NodeListener<T>;
  /** Called when what the other endpoints hold has changed. */
  readonly onNews: () => void;
}

export type Taken<N> =
  | { readonly found: true; readonly node: N }
  | { readonly found: false; /** For people. */ readonly note: string; readonly retryAt: number };

/** A node that fails keeps its say for so many polls: one answer that stays away is no reason to trust another alone. */
const ABSENT_POLLS = 3;

const NOTHING_WALKED = { top: undefined, bottom: undefined, hashAt: () => undefined };

/**
 * The nodes of one chain. The first that is well is followed, and gone back to when it is well again; the others are
 * looked at beside it, so that one that lags or lies is known.
 */
export class Endpoints<N extends ChainNode<B, T>, B extends ChainHeader, T> {
  readonly #options: EndpointsOptions<N, T>;
  readonly #seats: readonly Seat<N>[];
  readonly #looks = new Set<Promise<void>>();
  #inUse: { readonly seat: Seat<N>; /** In steady milliseconds. */ readonly since: number } | null = null;
  #walked: Walked = { chain: NOTHING_WALKED, height: 0, still: false, leeway: 0 };
  /** Whether `#walked` is the chain of the node in use, and no more that of the one before it. */
  #isOwn = false;
  #closed = false;

  constructor(options: EndpointsOptions<N, T>) {
    this.#options = options;
    const { connect, verify } = options;
    this.#seats = options.urls.map((url, index) => new Seat(index, () => connect(url), verify));
  }

  get count(): number {
    return this.#seats.length;
  }

  /** The node to ask now, or why there is none. */
  async take(): Promise<Taken<N>> {
    const now = this.#options.clock.now();
    const back = this.#inUse && this.#wellBefore(this.#inUse.seat.index, now);
    if (back) await this.#goBack(back);
    if (this.#inUse?.seat.node) return { found: true, node: this.#inUse.seat.node };
    for (const seat of this.#inOrder(now)) {
      const node = await this.#sit(seat);
      if (node) return { found: true, node };
    }
    const healths = this.#seats.map(({ health }) => health);
    const notes = healths.flatMap(({ note }) => note ?? []);
    return { found: false, note: notes.join('; ').slice(0, 500), retryAt: nextTry(healths) };
  }

  /** The node in use failed: it is left. */
  async leave({ message, retryAfterMs }: Pick<NodeFailure, 'message' | 'retryAfterMs'>): Promise<void> {
    const left = this.#inUse?.seat;
    if (!left) return;
    this.#inUse = null;
    left.wellAt = this.#options.clock.now();
    this.#failed(left, `${left.host} ${message}`, retryAfterMs);
    await left.close();
  }

  /** The node in use did what was asked of it; after a while its failures are forgotten, so that one that flaps is not. */
  praise(): void {
    const { clock, timings } = this.#options;
    if (this.#inUse && clock.now() - this.#inUse.since >= timings.retryMaxMs) this.#inUse.seat.health = WELL;
  }

  /**
   * Looks at the other endpoints, each once at a time; one that hangs holds up no other.
   * @param everyMs none is looked at more often than this
   * @returns once those looked at have answered, or failed
   */
  async look(walked: Walked, everyMs = Math.min(this.#options.timings.pollMs, 1_000) / 2): Promise<void> {
    this.#walked = walked;
    this.#isOwn = true;
    const now = this.#options.clock.now();
    for (const seat of this.#closed ? [] : this.#seats) {
      if (seat === this.#inUse?.seat || !seat.mayLook(now, everyMs)) continue;
      const look = this.#lookAt(seat, walked).finally(() => this.#looks.delete(look));
      this.#looks.add(look);
    }
    await Promise.all(this.#looks);
  }

  /** Looks at all of them now: those that are being looked at already, once more, because the chain has gone on. */
  async consult(walked: Walked): Promise<void> {
    await Promise.all(this.#looks);
    await this.look(walked, 0);
  }

  /** What the nodes together hold of a chain that was walked; before each other one was asked once, that is nothing. */
  judge(chain: CanonicalChain): Agreement {
    const { clock, timings } = this.#options;
    const now = clock.now();
    const walked = { ...this.#walked, chain };
    const others = this.#seats.filter((seat) => seat !== this.#inUse?.seat);
    const awake = others.filter(({ health }) => health.note === undefined);
    const witnesses = awake.flatMap((seat) => {
      const { index, view, wellAt } = seat;
      const lately = now - wellAt < timings.stallAfterMs;
      return view ? [{ index, view, lately, still: this.#isStill(seat) }] : [];
    });
    const silent = others.filter(({ health, index, view, wellAt }) => {
      if (health.note === undefined) return false;
      const disputed = view !== null && stateOf({ index, view, still: false }, walked) === 'disagrees';
      return disputed || now - wellAt < ABSENT_POLLS * timings.pollMs;
    });
    const found = agreement(walked, witnesses, silent);
    return awake.length > witnesses.length ? { ...found, agreed: -1 } : found;
  }

  /** How every endpoint stands, in the order of the configuration. */
  standings(): NodeStanding[] {
    const { own, states } = this.judge(this.#walked.chain);
    return this.#seats.map((seat, n) => {
      const twin = this.#seats.slice(0, n).some(({ host }) => host === seat.host);
      const name = twin ? `${seat.host} (${n + 1})` : seat.host;
      if (seat === this.#inUse?.seat) return { name, height: this.#walked.height, ...own };
      const height = seat.view?.height ?? null;
      const { note } = seat.health;
      if (note !== undefined) return { name, state: 'down', height, note };
      return { name, height, ...(states.get(seat.index) ?? { state: 'ok' }) };
    });
  }

  /**
   * Leaves the node in use where another is to be followed in its place.
   * @returns true when that happened
   */
  async followBetter(): Promise<boolean> {
    const { better } = this.judge(this.#walked.chain);
    const seat = better && this.#seats[better.index];
    const left = this.#inUse?.seat;
    if (!seat || !left) return false;
    // It did not fail: it keeps its say, and is asked again.
    this.#options.log.warn({ note: `${left.host} ${better.why}` }, 'an endpoint of the chain is left');
    this.#inUse = null;
    left.wellAt = this.#options.clock.now();
    await left.close();
    return (await this.#sit(seat)) !== null;
  }

  /**
   * Asks another endpoint than the one in use, once; one that is well is preferred.
   * @returns undefined where there is no other, or it did not answer
   */
  async second<R>(ask: (node: N) => Promise<R>): Promise<R | undefined> {
    const now = this.#options.clock.now();
    const others = this.#seats.filter((seat) => seat !== this.#inUse?.seat && seat.health.retryAt <= now);
    const seat = others.find(({ health }) => health.note === undefined) ?? others[0];
    if (!seat || this.#closed) return undefined;
    try {
      return await ask(await seat.connected());
    } catch (error) {
      if (error instanceof NodeFailure && !error.answered) await this.#lost(seat, error);
      return undefined;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(this.#seats.map((seat) => seat.close()));
    await Promise.all(this.#looks);
  }

  #isStill({ movedAt }: Pick<Seat<N>, 'movedAt'>): boolean {
    return this.#options.clock.now() - movedAt >= this.#options.timings.stallAfterMs;
  }

  #wellBefore(index: number, now: number): Seat<N> | undefined {
    if (!this.#isOwn) return undefined;
    return this.#seats.slice(0, index).find((seat) => {
      const { health, view } = seat;
      if (!view || health.note !== undefined || health.retryAt > now) return false;
      const isOk = stateOf({ index: seat.index, view, still: false }, this.#walked) === 'ok';
      return isOk && view.height >= (this.#walked.chain.top?.number ?? 0);
    });
  }

  async #goBack(seat: Seat<N>): Promise<void> {
    const left = this.#inUse?.seat;
    this.#inUse = null;
    if (left) left.wellAt = this.#options.clock.now();
    await left?.close();
    if (await this.#sit(seat)) this.#options.log.info({ endpoint: seat.host }, 'back to an earlier endpoint');
  }

  #inOrder(now: number): Seat<N>[] {
    const healths = this.#seats.map(({ health }) => health);
    return worthTrying(healths, null, now).flatMap((index) => this.#seats[index] ?? []);
  }

  /** Takes a node of the right chain into use, or notes its failure. */
  async #sit(seat: Seat<N>): Promise<N | null> {
    if (this.#closed) return null;
    const { clock, listener } = this.#options;
    try {
      const node = await seat.connected();
      if (this.#closed) throw new NodeFailure('was closed');
      await node.listen(listener);
      seat.view = null;
      this.#isOwn = false;
      this.#inUse = { seat, since: clock.now() };
      return node;
    } catch (error) {
      await this.#lost(seat, error);
      return null;
    }
  }

  async #lookAt(seat: Seat<N>, { chain, leeway }: Walked): Promise<void> {
    const before = JSON.stringify([seat.view, seat.health.note]);
    try {
      await seat.look(chain, leeway, this.#options.clock);
      const { index, view } = seat;
      const isWell = view !== null && stateOf({ index, view, still: this.#isStill(seat) }, this.#walked) === 'ok';
      if (isWell) seat.wellAt = this.#options.clock.now();
      const { failures, retryAt } = seat.health;
      seat.health = { failures, retryAt };
    } catch (error) {
      if (seat === this.#inUse?.seat || this.#closed) return;
      await this.#lost(seat, error);
    }
    if (!this.#closed && JSON.stringify([seat.view, seat.health.note]) !== before) this.#options.onNews();
  }

  async #lost(seat: Seat<N>, error: unknown): Promise<void> {
    const { message, retryAfterMs } = error instanceof NodeFailure ? error : new NodeFailure('failed');
    if (!this.#closed) this.#failed(seat, `${seat.host} ${message}`, retryAfterMs);
    await seat.close();
  }

  #failed(seat: Seat<N>, note: string, askedMs: number): void {
    const { clock, log, random, timings } = this.#options;
    seat.health = afterFailure(seat.health, note, clock.now(), random(), { ...timings, askedMs });
    log.warn({ note }, 'an endpoint of the chain is left');
  }
}
