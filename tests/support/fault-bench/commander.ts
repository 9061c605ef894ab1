/** The person at the desk: gives commands about orders on the screen, whatever the connection is like [CM]. */
import type { Random } from '../../../demo/clock/random.ts';
import { DeskError } from '../../../main/desk/desk.ts';
import type { DeskUnderFaults } from './desk-under-faults.ts';
import type { History } from './history.ts';
import { STORE } from './webhooks.ts';

export interface PlannedCommand {
  /** Milliseconds of real time from the start of the run. */
  readonly at: number;
  readonly name: 'note' | 'claim' | 'unclaim' | 'release' | 'resolve' | 'recheck';
  /** Which of the orders on the screen, 0 to below 1. */
  readonly which: number;
}

const names = ['note', 'note', 'note', 'claim', 'unclaim', 'release', 'resolve', 'recheck'] as const;

/** @param spanMs in which they are given */
export function planCommands(random: Random, count: number, spanMs: number): PlannedCommand[] {
  const commands = Array.from({ length: count }, () => ({
    at: spanMs * (0.1 + 0.9 * random.next()),
    name: random.pick(names),
    which: random.next(),
  }));
  return commands.sort((a, b) => a.at - b.at);
}

export class Commander {
  readonly #desk: DeskUnderFaults;
  readonly #history: History;
  readonly #pending = new Set<Promise<void>>();
  #given = 0;

  constructor(desk: DeskUnderFaults, history: History) {
    this.#desk = desk;
    this.#history = history;
  }

  give({ name, which }: Pick<PlannedCommand, 'name' | 'which'>): void {
    const orders = [...this.#desk.screen.orders.keys()];
    const order = orders[Math.floor(which * orders.length)];
    if (order === undefined) return;
    const giving = this.#give(name, order).finally(() => this.#pending.delete(giving));
    this.#pending.add(giving);
  }

  /** Resolves once it has been answered, if only by "unknown". */
  say(name: PlannedCommand['name'], order: string): Promise<void> {
    return this.#give(name, order);
  }

  /** Resolves once every command given has been answered, if only by "unknown". */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  async #give(name: PlannedCommand['name'], order: string): Promise<void> {
    const text = `command ${(this.#given += 1)}`;
    const args = name === 'note' ? { text } : name === 'resolve' ? { reason: text } : {};
    try {
      const { id, state } = await this.#desk.command({ store: STORE, order, name, args });
      this.#history.add({ type: 'answered', id, name, state });
    } catch (error) {
      // Nothing was sent, and the person was told so.
      if (!(error instanceof DeskError)) throw error;
      this.#history.add({ type: 'not-sent', name, code: error.code });
    }
  }
}
