import type { Order } from '../../../contract/order.ts';
import type { ArrivedStep, Base, Journal } from '../journal/journal.ts';
import { Checkpoints, isSameBase } from './checkpoints.ts';
import type { Checkpoint } from './checkpoints.ts';
import { PastFold } from './past-fold.ts';

/** Rows read or folded at once: a few milliseconds, so that nothing else of the desk waits. */
const SLICE = 250;
/** A base that moves this often while it is read is trimmed faster than anybody can look at it. */
const TRIES = 4;

export interface ReplayContext {
  readonly journal: Pick<Journal, 'base' | 'baseOrders' | 'steps' | 'replacements'>;
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
      if (base === null || at < base.at) return null;
      this.#checkpoints.keepFor(base);
      const from = this.#checkpoints.before(at) ?? (await this.#begin(base));
      const picture = from && (await this.#folded(base, from, at));
      if (picture) return picture;
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

  async #folded(base: Base, from: Checkpoint, at: number): Promise<PastPicture | null> {
    const orders = new Map(from.orders);
    const replacements = this.#context.journal.replacements(this.#store).slice(from.replaced);
    const fold = new PastFold(orders, from.at, replacements);
    const reached = (): Checkpoint => ({ seq, at: fold.at, replaced: from.replaced + fold.replaced, orders });
    let { seq } = from;
    for (;;) {
      const due = dueOf(this.#context.journal.steps(this.#store, base.epoch, seq, SLICE), at);
      if (!this.#isStill(base)) return null;
      for (const step of due) fold.take(step);
      seq = due.at(-1)?.seq ?? seq;
      if (due.length < SLICE) break;
      this.#checkpoints.offer(reached());
      await this.#context.breathe();
    }
    fold.finish(at);
    this.#checkpoints.remember(reached());
    return { seq, orders };
  }

  #isStill(base: Base): boolean {
    const now = this.#context.journal.base(this.#store);
    return now !== null && isSameBase(now, base);
  }
}

/** Those that had come: up to the first that came later, as a desk applies none before those it follows. */
function dueOf(steps: readonly ArrivedStep[], at: number): readonly ArrivedStep[] {
  const later = steps.findIndex((step) => step.at > at);
  return later === -1 ? steps : steps.slice(0, later);
}
