import type { CommandOutcome, CommandView } from '../../../contract/ipc.ts';
import type { Command } from '../../../contract/protocol.ts';
import type { Journal } from '../journal/journal.ts';
import { commandView, isSettled, withOutcome } from './kept-command.ts';
import type { KeptCommand } from './kept-command.ts';

/** Settled commands that stay on the screen's list, so that a late outcome is still read. */
const SETTLED_SHOWN = 20;
/** Settled commands are kept as long as events are. */
const SETTLED_KEPT_MS = 72 * 3_600_000;

/** The commands of this desk, each written down before it is sent [CM1]. */
export class CommandBook {
  readonly #changed: () => void;
  #journal: Journal | null = null;
  #kept = new Map<string, KeptCommand>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Takes up what the journal holds. One that was on its way when the application ended may have arrived or not [CM3]. */
  open(journal: Journal): void {
    this.#journal = journal;
    const kept = journal.commands().map((each) => {
      const { id, state } = each.outcome;
      return state === 'pending' ? withOutcome(each, { id, state: 'unknown' }) : each;
    });
    this.#kept = new Map(kept.map((each) => [each.command.id, each]));
  }

  /** Lets go of all; the journal has done so too. */
  forget(): void {
    this.#kept = new Map();
    this.#changed();
  }

  all(): readonly KeptCommand[] {
    return [...this.#kept.values()];
  }

  find(id: string): KeptCommand | undefined {
    return this.#kept.get(id);
  }

  unsettled(): readonly KeptCommand[] {
    return this.all().filter(({ outcome }) => !isSettled(outcome.state));
  }

  views(): CommandView[] {
    const settled = this.all().filter(({ outcome }) => isSettled(outcome.state));
    const shown = new Set([...this.unsettled(), ...settled.slice(-SETTLED_SHOWN)]);
    return this.all()
      .filter((each) => shown.has(each))
      .map(commandView);
  }

  add(command: Command, givenAt: number): void {
    this.#put({ command, givenAt, outcome: { id: command.id, state: 'pending' } });
  }

  /** What is settled stays so, whatever comes late. */
  become(outcome: CommandOutcome): void {
    const kept = this.#kept.get(outcome.id);
    if (!kept || isSettled(kept.outcome.state)) return;
    this.#put(withOutcome(kept, outcome));
  }

  /** @param now device time */
  trim(now: number): void {
    const before = now - SETTLED_KEPT_MS;
    for (const { command, givenAt, outcome } of this.all()) {
      if (isSettled(outcome.state) && givenAt < before) this.#kept.delete(command.id);
    }
    this.#journal?.trimCommands(before);
  }

  #put(kept: KeptCommand): void {
    this.#journal?.saveCommand(kept);
    this.#kept.set(kept.command.id, kept);
    this.#changed();
  }
}
