import type { Order } from '../../../contract/order.ts';
import type { Base, Journal } from '../journal/journal.ts';
import { Checkpoints, isSameBase } from './checkpoints.ts';
import type { Checkpoint } from './checkpoints.ts';
import { PastFold } from './past-fold.ts';

/** Rows read or folded at once: a few milliseconds, so that nothing else of the desk waits. */
const SLICE = 250;
/** Events among which the last that had come is looked for at once, by their times alone. */
const STRETCH = 10_000;
/** A base that moves this often while it is read is trimmed faster than anybody can look at it. */
const TRIES = 4;

export interface ReplayContext {
  readonly journal: Pick<Journal, 'base' | 'baseOrders' | 'lastArrived' | 'steps' | 'replacements'>;
  /** The last event that this desk has applied. */
  readonly head: () => number;
  /** Lets everything else have its turn. */
  readonly breathe: () => Promise<void>;
}

/** The orders of a store at a moment, and the last event that had arrived and could be read. */
export type PastPicture = Pick<Checkpoint, 'seq' | 'orders'>;

/** What the screen showed of one store earlier, out of the journal [DL10]; one question after the other. */
export class Replay {
  readonly #store: string;
  readonly #context: ReplayContext;
  readonly #checkpoints = new Checkpoints();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(store: string, context: ReplayContext) {
    this.#store = store;
    this.#context = context;
  }

  /** @returns null where the journal does not reach back to `at`, gateway time */
  at(at: number): Promise<PastPicture | null> {
    const answer = this.#turn.then(() => this.#steady(at));
    this.#turn = answer.catch(() => undefined);
    return answer;
  }

  /** Lets go of what it keeps to answer sooner. */
  forget(): void {
    this.#checkpoints.clear();
  }

  /** Trimming moves the base; what was begun with the one before is begun anew. */
  async #steady(at: number): Promise<PastPicture | null> {
    for (let n = 0; n < TRIES; n += 1) {
      const base = this.#context.journal.base(this.#store);
      if (base === null) return null;
      this.#checkpoints.keepFor(base);
      const seq = await this.#lastArrived(base, at);
      if (seq === 'moved') continue;
      if (seq === null && at < base.at) return null;
      const last = seq ?? base.seq;
      const from = this.#checkpoints.before(last, at) ?? (await this.#begin(base));
      const picture = from && (await this.#folded(base, from, last, at));
      if (picture) return picture;
    }
    return null;
  }

  /**
   * The last event that had come by then. A clock that was wrong for a while may have stamped earlier ones later: a desk
   * applies none before those it follows, so they had come too.
   * @returns null where none had
   */
  async #lastArrived(base: Base, at: number): Promise<number | 'moved' | null> {
    const { journal, head, breathe } = this.#context;
    for (let to = head(); to > base.seq; to -= STRETCH) {
      const from = Math.max(base.seq, to - STRETCH) + 1;
      const found = journal.lastArrived(this.#store, base.epoch, { from, to }, at);
      if (!this.#isStill(base)) return 'moved';
      if (found !== null) return found;
      await breathe();
    }
    return null;
  }

  /** The base whole; null where it moved meanwhile. */
  async #begin(base: Base): Promise<Checkpoint | null> {
    const orders = new Map<string, Order>();
    for (let after = ''; ;) {
      const part = this.#context.journal.baseOrders(this.#store, after, SLICE);
      if (!this.#isStill(base)) return null;
      for (const { id, order } of part) orders.set(id, order);
      after = part.at(-1)?.id ?? after;
      if (part.length < SLICE) return { seq: base.seq, at: base.at, replaced: 0, orders };
      await this.#context.breathe();
    }
  }

  async #folded(base: Base, from: Checkpoint, last: number, at: number): Promise<PastPicture | null> {
    const orders = new Map(from.orders);
    const fold = new PastFold(orders, this.#context.journal.replacements(this.#store).slice(from.replaced));
    const reached = (): Checkpoint => ({ seq, at, replaced: from.replaced + fold.replaced, orders });
    let { seq } = from;
    while (seq < last) {
      const steps = this.#context.journal.steps(this.#store, base.epoch, seq, SLICE);
      if (!this.#isStill(base)) return null;
      const due = steps.filter((step) => step.seq <= last);
      for (const step of due) fold.take(step);
      seq = due.at(-1)?.seq ?? last;
      this.#checkpoints.offer(reached());
      await this.#context.breathe();
    }
    fold.finish(seq, at);
    this.#checkpoints.remember(reached());
    return { seq, orders };
  }

  #isStill(base: Base): boolean {
    const now = this.#context.journal.base(this.#store);
    return now !== null && isSameBase(now, base);
  }
}
