/**
 * The poll of a processor: finds what no webhook says and what a lost webhook should have said. Open orders are looked
 * at one by one, and the processor's list is read for orders nobody told of. One request at a time, spaced; after
 * trouble it waits, longer each time.
 */
import type { Order } from '../../../contract/order.ts';
import type { Report } from '../../ledger.ts';
import { orderId } from '../../order-id.ts';
import { WaitingRechecks } from '../../waiting-rechecks.ts';
import type { RunningSource, SourceContext } from '../source.ts';
import { Looks } from './looks.ts';
import { backoffMs, jittered, nextLookMs } from './poll-plan.ts';
import type { PollSettings } from './polling-options.ts';
import type { Failed, ListAnswer, Listed, PolledProcessor } from './processor-answer.ts';
import { afterPage, interrupted, NEVER_SWEPT, nextPage, released } from './sweep.ts';
import type { Sweep } from './sweep.ts';

/** HTTP's status of who limits requests. */
const TOO_MANY = 429;
/** After so many intervals of silence a line is late [FR1]. */
const LATE_INTERVALS = 5;

/** Whose orders are polled, how, and from where. */
export interface ReconcileParts {
  /** The source's id, and its store. */
  readonly id: string;
  readonly store: string;
  readonly processor: PolledProcessor;
  readonly settings: PollSettings;
}

export interface RunningReconcile extends RunningSource {
  /** Asks about one order before all others, also while trouble is waited out, but never before a `Retry-After`. */
  recheck(order: Order): Promise<void>;
  /** Something was heard of an object: it is asked about next, once no trouble is being waited out. */
  hint(ref: string): void;
}

export function startReconcile(parts: ReconcileParts, context: SourceContext): RunningReconcile {
  const reconcile = new Reconcile(parts, context);
  const ended = reconcile.run();
  const unsubscribe = context.ledger.onAppended((store, events) => {
    const created = events.filter(({ kind, source }) => kind === 'order.created' && source === parts.id);
    if (store === parts.store) for (const { data } of created) reconcile.created(data['order']);
  });
  return {
    recheck: ({ sourceRef }) => reconcile.recheck(sourceRef),
    hint: (ref) => reconcile.hint(ref),
    async close() {
      unsubscribe();
      reconcile.stop();
      await ended;
    },
  };
}

class Reconcile {
  readonly #parts: ReconcileParts;
  readonly #context: SourceContext;
  readonly #stopped = new AbortController();
  readonly #looks = new Looks();
  readonly #rechecks = new Map<string, WaitingRechecks>();
  #woken = new AbortController();
  #sweeps = NEVER_SWEPT;
  /** The last question was about a page of the list. */
  #paged = false;
  /** Why the list failed last, whatever single objects answer since. */
  #listNote: string | null = null;
  #failures = 0;
  /** Until when a `Retry-After` forbids to ask, epoch milliseconds. */
  #notBefore = 0;
  #provenAt = Number.NEGATIVE_INFINITY;

  constructor(parts: ReconcileParts, context: SourceContext) {
    this.#parts = parts;
    this.#context = context;
  }

  stop(): void {
    for (const waiting of this.#rechecks.values()) waiting.close();
    this.#stopped.abort();
  }

  /** Only a part is known of a provisional order: the rest is fetched at once. */
  created(fact: unknown): void {
    if (typeof fact !== 'object' || fact === null || !('sourceRef' in fact)) return;
    if (!('provisional' in fact) || fact.provisional !== true || typeof fact.sourceRef !== 'string') return;
    this.hint(fact.sourceRef);
  }

  hint(ref: string): void {
    this.#looks.hurry(ref);
    if (this.#failures === 0) this.#woken.abort();
  }

  /** A person asks. @returns when it was looked @throws Error where the processor does not answer */
  recheck(ref: string): Promise<void> {
    const waitMs = this.#notBefore - this.#now();
    this.#looks.hurry(ref);
    if (waitMs > 0) return Promise.reject(new Error(`it asked not to be asked for ${Math.ceil(waitMs / 1000)} s more`));
    const waiting = this.#rechecks.get(ref) ?? new WaitingRechecks();
    this.#rechecks.set(ref, waiting);
    const looked = waiting.wait();
    this.#woken.abort();
    return looked;
  }

  async run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#pause(await this.#round());
      } catch (error) {
        if (this.#stopped.signal.aborted) return;
        // The ledger's trouble is not the processor's: the line's freshness stays as it is.
        this.#context.log.error({ source: this.#parts.id, error: String(error) }, 'reconcile round failed');
        await this.#pause(this.#parts.settings.intervalMs).catch(() => undefined);
      }
    }
  }

  /** @returns how long to wait for the next round, in milliseconds */
  async #round(): Promise<number> {
    const { settings } = this.#parts;
    const due = await this.#dueOrders();
    for (;;) {
      const failure = await this.#step(due);
      if (failure === 'done') break;
      if (failure) return this.#failed(failure);
    }
    return jittered(settings.intervalMs, settings.random());
  }

  /**
   * One question, the most pressing first: what somebody asked for, then the list and open orders by turns, so that a
   * long list holds up no order.
   */
  async #step(due: Order[]): Promise<Failed | 'done' | null> {
    const { settings } = this.#parts;
    const now = this.#now();
    const [asked = this.#looks.urgent(now)] = this.#rechecks.keys();
    if (asked !== undefined) return this.#look(asked);
    const page = nextPage(this.#sweeps, settings, now);
    this.#paged = page !== null && (!this.#paged || due.length === 0);
    if (page && this.#paged) return this.#sweep(page);
    const order = due.shift();
    // The list may have told of it meanwhile.
    if (order) return this.#isDue(order) ? this.#look(order.sourceRef, order.createdAt) : null;
    const unproven = now - this.#provenAt >= settings.intervalMs;
    const probe = unproven ? nextPage(this.#sweeps, settings, now, true) : null;
    return probe ? this.#sweep(probe) : 'done';
  }

  async #dueOrders(): Promise<Order[]> {
    const { id, store } = this.#parts;
    const open = await this.#context.ledger.openOrders(store, id);
    this.#looks.keep(new Set(open.map(({ sourceRef }) => sourceRef)));
    return open.filter((order) => this.#isDue(order));
  }

  /** Half an interval early is on time: the next round would be half an interval late. */
  #isDue({ sourceRef }: Order): boolean {
    return this.#looks.isDue(sourceRef, this.#now() + this.#parts.settings.intervalMs / 2);
  }

  /** One question about one object. Trouble with it puts it behind the others, so that it can't hold them up. */
  async #look(ref: string, createdAt?: number): Promise<Failed | null> {
    const { processor, settings } = this.#parts;
    const taken = this.#looks.take(ref);
    const rechecks = this.#rechecks.get(ref)?.take();
    this.#rechecks.delete(ref);
    const answer = await processor.look(ref, await this.#order(ref), this.#stopped.signal);
    if (answer.kind === 'failed' || answer.kind === 'unreadable') rechecks?.failed(answer.note);
    const now = this.#now();
    const vain = answer.kind !== 'learnt';
    const wait = nextLookMs(settings, now - (createdAt ?? now), vain ? taken.vain + 1 : 0, settings.random());
    this.#looks.answered(ref, taken, { vain, due: now + wait, again: answer.kind === 'failed' });
    if (answer.kind === 'failed') {
      this.#sweeps = released(this.#sweeps);
      return answer;
    }
    if (answer.kind === 'unreadable') this.#unreadable(answer.note);
    else this.#heard();
    if (answer.kind === 'learnt') await this.#tell(await this.#order(ref), answer.reports);
    rechecks?.done();
    return null;
  }

  async #sweep(sweep: Sweep): Promise<Failed | null> {
    const answer = await this.#parts.processor.list(sweep.cursor, sweep.since, this.#stopped.signal);
    this.#listNote = answer.kind === 'failed' && answer.status !== TOO_MANY ? answer.note : null;
    if (answer.kind === 'failed') {
      this.#sweeps = interrupted(this.#sweeps, this.#parts.settings, this.#now());
      return answer;
    }
    this.#heard();
    this.#sweeps = afterPage(this.#sweeps, sweep, answer);
    await this.#learn(answer);
    return null;
  }

  /** Every object of a page, whatever becomes of the one before. @throws what the ledger threw first */
  async #learn(answer: Exclude<ListAnswer, Failed>): Promise<void> {
    const troubles: unknown[] = [];
    for (const item of answer.kind === 'page' ? answer.items : []) {
      await this.#learnOf(item).catch((error: unknown) => troubles.push(error));
    }
    if (troubles.length > 0) throw troubles[0];
  }

  async #learnOf(item: Listed): Promise<void> {
    const order = await this.#order(item.ref);
    await this.#tell(order, item.reports);
    if (item.wantsLook(order)) this.#looks.hurry(item.ref);
    else if (item.complete) this.#toldOf(item);
  }

  #order(ref: string): Promise<Order | undefined> {
    const { store, id } = this.#parts;
    return this.#context.ledger.order(store, orderId(store, id, ref));
  }

  /** Most answers say what is known: those cost no transaction. */
  async #tell(order: Order | undefined, reports: readonly Report[]): Promise<void> {
    if (reports.every((report) => report.decide(order).length === 0)) return;
    await this.#context.ledger.append(this.#parts.store, reports);
  }

  #toldOf({ ref, createdAt }: Listed): void {
    const { settings } = this.#parts;
    const now = this.#now();
    const due = now + nextLookMs(settings, now - (createdAt ?? now), 0, settings.random());
    this.#looks.answered(ref, this.#looks.take(ref), { vain: false, due, again: false });
  }

  #unreadable(note: string): void {
    this.#context.freshness.failed(note);
    this.#context.log.warn({ source: this.#parts.id }, note);
  }

  /** While the list fails, what it alone would tell is not heard of: single objects that answer do not mend that. */
  #heard(): void {
    this.#failures = 0;
    this.#provenAt = this.#now();
    const { freshness } = this.#context;
    if (this.#listNote === null) freshness.heard(null);
    else freshness.failed(`its list alone fails: ${this.#listNote}`);
  }

  /**
   * Who limits requests is there, and answers the next: that alone is no trouble of the line until it would be late. Said
   * each time, it would turn the state back and forth, and the findings of every open order with it.
   */
  #failed({ note, retryAfterMs, status }: Failed): number {
    const { settings } = this.#parts;
    const wait = backoffMs(settings, this.#failures, retryAfterMs, settings.random());
    this.#failures += 1;
    if (retryAfterMs !== null) this.#notBefore = this.#now() + retryAfterMs;
    const silence = this.#now() + wait - this.#provenAt;
    if (status !== TOO_MANY || silence > LATE_INTERVALS * settings.intervalMs) this.#context.freshness.failed(note);
    this.#context.log.warn({ source: this.#parts.id, failures: this.#failures, waitMs: Math.round(wait) }, note);
    return wait;
  }

  /** Between rounds; cut short by what is urgent. */
  async #pause(ms: number): Promise<void> {
    this.#woken = new AbortController();
    // Asked for while the round was ending: the controller that was to wake this pause is gone.
    if (this.#failures === 0 && this.#looks.urgent(this.#now()) !== undefined) return;
    try {
      await this.#parts.settings.sleep(ms, AbortSignal.any([this.#stopped.signal, this.#woken.signal]));
    } catch (error) {
      if (!this.#woken.signal.aborted || this.#stopped.signal.aborted) throw error;
    }
  }

  #now(): number {
    return this.#context.clock.now();
  }
}
