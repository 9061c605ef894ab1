import type { Recorded } from '../history.ts';
import type { Report, Rule } from './rule.ts';

type Shown = Extract<Recorded, { type: 'commands' }>['commands'][number];

/** Commands that always make a fact when they are carried out; the others may find that it is so already. */
const alwaysMakesOne: ReadonlySet<string> = new Set(['note', 'resolve', 'release']);
/** Faults after which a desk may have lost what it had written down. */
const journalFaults: ReadonlySet<number> = new Set([25, 26, 27, 29]);

/** At most one effect; nothing called done or failed that is not; every one settled in the end [CM1, CM2, CM3]. */
export class CommandRule implements Rule {
  readonly #report: Report;
  /** Ids of the events each command made in the log as it is now, and in any log ever. */
  #effects = new Map<string, Set<string>>();
  readonly #ever = new Set<string>();
  readonly #settled = new Map<string, Shown>();
  #shown: readonly Shown[] = [];
  readonly #given = new Set<string>();
  #journalFailed = false;
  #logReplaced = false;
  #ended = false;

  constructor(report: Report) {
    this.#report = report;
  }

  see(fact: Recorded): void {
    switch (fact.type) {
      case 'fault':
        this.#journalFailed ||= journalFaults.has(fact.number);
        return;
      case 'log':
        if (fact.how !== 'opened') this.#logReplaced = true;
        this.#effects = new Map();
        fact.events.forEach((event) => this.#effect(event));
        return;
      case 'committed':
        fact.events.forEach((event) => this.#effect(event));
        return;
      case 'answered':
        this.#given.add(fact.id);
        return;
      case 'journal-lost':
        this.#journalFailed = true;
        return;
      case 'started':
        this.#shown = [];
        return;
      case 'commands':
        this.#shown = fact.commands;
        fact.commands.forEach((each) => this.#look(each));
        return;
      case 'quiet':
        this.#ended = true;
        return;
      default:
    }
  }

  end(): void {
    if (!this.#ended) return;
    const listed = new Set(this.#shown.map(({ id }) => id));
    for (const { id, name, state } of this.#shown) {
      if (state !== 'done' && state !== 'failed') this.#report(`[CM2] ${name} ${id} is ${state} after all`, 'late');
    }
    for (const id of this.#given) {
      if (!listed.has(id) && !this.#journalFailed) this.#report(`[CM1] command ${id} was given and is forgotten`);
    }
    for (const { id, name, state } of this.#settled.values()) {
      if (state === 'failed' && this.#effects.has(id))
        this.#report(`[CM3] ${name} ${id} is shown failed, and was done`);
    }
  }

  #effect({ id: event, command }: { readonly id: string; readonly command?: string | undefined }): void {
    if (command === undefined) return;
    this.#ever.add(command);
    const effects = this.#effects.get(command) ?? new Set();
    this.#effects.set(command, effects.add(event));
    if (effects.size > 1) this.#report(`[CM1] command ${command} had ${effects.size} effects`);
  }

  #look(shown: Shown): void {
    const { id, name, state } = shown;
    const before = this.#settled.get(id);
    if (before && before.state !== state && !this.#journalFailed) {
      this.#report(`[CM3] ${name} ${id} was shown ${before.state} and then ${state}`);
    }
    if (state !== 'done' && state !== 'failed') return;
    this.#settled.set(id, shown);
    if (state === 'done' && alwaysMakesOne.has(name) && !this.#ever.has(id) && !this.#logReplaced) {
      this.#report(`[CM3] ${name} ${id} is shown done, and had no effect`);
    }
  }
}
