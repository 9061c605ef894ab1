/** Carries commands out, each id at most once [CM1]; answers, also refusals, are kept and given again. */
import { createHash } from 'node:crypto';
import type { Order } from '../../contract/order.ts';
import type { Asked, Command, CommandAnswer, FailedAck } from '../../contract/protocol.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Clock, EventDraft } from '../ledger.ts';
import type { Logger } from '../logger.ts';
import { completeCommand, findCommand, saveCommand } from '../store/command-answers.ts';
import type { CommandRecord } from '../store/command-answers.ts';
import type { Desk } from '../store/desks.ts';
import type { Storage } from '../store/open-store.ts';
import { readOrder } from '../store/projection.ts';
import type { Tx } from '../store/writer.ts';
import { readUnmatched } from '../store/unmatched-payments.ts';
import { CommandError } from './command-error.ts';
import { checkCommand, decideCommand } from './decide-command.ts';
import type { CheckedCommand } from './decide-command.ts';
import { namedIn } from './name-transaction.ts';

type Answer = CommandAnswer | FailedAck;

const REUSED = new CommandError('id-reused', 'Another command has this id; give each command its own.');

export interface CommandDeskOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Logger;
  /** Asks every source and chain of the order to look at it now; never longer than a person waits. */
  readonly recheck: (order: Order) => Promise<readonly Asked[]>;
  /** A customer named a transaction of an order of the store. */
  readonly named: (tx: Tx, store: string, txHash: string) => Promise<void>;
}

/** An answer, and the order of which more is to be asked outside of the transaction. */
interface Carried {
  readonly answer: Answer;
  readonly ask?: Order | undefined;
}

interface Asking {
  readonly deskId: string;
  readonly hash: string;
  readonly answer: Promise<Answer>;
}

export class CommandDesk {
  readonly #options: CommandDeskOptions;
  /** Commands whose effect is done and whose question is not answered yet, by id. */
  readonly #asking = new Map<string, Asking>();

  constructor(options: CommandDeskOptions) {
    this.#options = options;
  }

  async give(command: Command, desk: Desk): Promise<Answer> {
    const { storage, clock } = this.#options;
    const { id } = command;
    const hash = createHash('sha256').update(canonicalJson(command)).digest('hex');
    const given = await storage.writer.write(async (tx): Promise<Carried | Asking> => {
      const asking = this.#asking.get(id);
      if (asking) return asking.deskId === desk.id && asking.hash === hash ? asking : { answer: failed(REUSED) };
      const known = await findCommand(tx, id);
      if (known) return { answer: this.#again(known, desk, hash) };
      const carried = await this.#answer(tx, command, desk);
      await saveCommand(tx, { id, deskId: desk.id, hash, answer: carried.answer }, clock.now());
      const { answer, ask } = carried;
      if (!ask || !answer.ok) return carried;
      const { promise, resolve } = Promise.withResolvers<Answer>();
      const started: Asking = { deskId: desk.id, hash, answer: promise };
      this.#asking.set(id, started);
      tx.onRollback(() => void this.#asking.delete(id));
      tx.afterCommit(() => resolve(this.#ask(id, answer, ask)));
      return started;
    });
    return given.answer;
  }

  /** What became of a command of this desk; of others' commands nothing is told. */
  async status(id: string, desk: Desk): Promise<CommandAnswer> {
    if (this.#asking.get(id)?.deskId === desk.id) return { ok: true, state: 'pending' };
    const known = await findCommand(this.#options.storage.reader, id);
    if (known?.deskId !== desk.id) return { ok: true, state: 'unknown' };
    return known.answer.ok ? known.answer : { ok: true, state: 'failed', error: known.answer.error };
  }

  /** A gateway that ends in between has done the command, and answers it without what was to be found. */
  async #ask(id: string, done: CommandAnswer, order: Order): Promise<CommandAnswer> {
    const { storage, recheck, log } = this.#options;
    const answer: CommandAnswer = { ...done, result: { asked: await recheck(order) } };
    try {
      await storage.writer.write((tx) => completeCommand(tx, { id, answer }));
    } catch (error) {
      log.warn({ command: id, error: String(error) }, 'what a recheck found could not be kept');
    }
    this.#asking.delete(id);
    return answer;
  }

  #again(known: CommandRecord, desk: Desk, hash: string): Answer {
    if (known.deskId === desk.id && known.hash === hash) return known.answer;
    return failed(REUSED);
  }

  async #answer(tx: Tx, command: Command, desk: Desk): Promise<Carried> {
    try {
      if (!desk.stores.includes(command.store)) throw new CommandError('forbidden', 'This desk is not of that store.');
      return await this.#carryOut(tx, command, desk);
    } catch (error) {
      if (error instanceof CommandError) return { answer: failed(error) };
      throw error;
    }
  }

  async #carryOut(tx: Tx, command: Command, desk: Desk): Promise<Carried> {
    const { store, order } = command;
    const checked = checkCommand(command, desk.role);
    const events = await this.#append(tx, command, checked, desk);
    const [event] = events;
    const done = { ok: true, state: 'done', ...(event && { seq: event.seq }) } as const;
    for (const txHash of namedIn(events)) await this.#options.named(tx, store, txHash);
    if ((checked.name !== 'recheck' && checked.name !== 'name-transaction') || order === null) return { answer: done };
    return { answer: done, ask: await readOrder(tx, store, order) };
  }

  /** Decides and appends; the facts carry the command and its giver. */
  async #append(tx: Tx, { id, store, order }: Command, checked: CheckedCommand, desk: Desk) {
    const { ledger } = this.#options.storage;
    const giver = { actor: { deskId: desk.id, name: desk.name }, role: desk.role };
    const payment = 'paymentId' in checked.args ? await readUnmatched(tx, store, checked.args.paymentId) : undefined;
    const drafts = (held: Order | undefined): EventDraft[] =>
      decideCommand(checked, { order: held, payment }, giver).map((draft) => ({
        ...draft,
        command: id,
        actor: giver.actor,
      }));
    return order === null
      ? ledger.appendFactsIn(tx, store, drafts(undefined))
      : ledger.appendIn(tx, store, [{ order, decide: drafts }]);
  }
}

function failed({ code, message }: CommandError): FailedAck {
  return { ok: false, error: { code, message } };
}
