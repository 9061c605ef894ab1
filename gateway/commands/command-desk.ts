/** Carries commands out, each id at most once [CM1]; answers, also refusals, are kept and given again. */
import { createHash } from 'node:crypto';
import type { Order } from '../../contract/order.ts';
import type { Command, CommandAnswer, FailedAck } from '../../contract/protocol.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Clock, EventDraft } from '../ledger.ts';
import { findCommand, saveCommand } from '../store/command-answers.ts';
import type { CommandRecord } from '../store/command-answers.ts';
import type { Desk } from '../store/desks.ts';
import type { Storage } from '../store/open-store.ts';
import { readOrder } from '../store/projection.ts';
import type { Tx } from '../store/writer.ts';
import { readUnmatched } from '../store/unmatched-payments.ts';
import { CommandError } from './command-error.ts';
import { checkCommand, decideCommand } from './decide-command.ts';
import type { CheckedCommand } from './decide-command.ts';

type Answer = CommandAnswer | FailedAck;

export interface CommandDeskOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  /** Asks every source and chain that knows the order to look at it now. @returns their ids */
  readonly recheck: (order: Order) => readonly string[];
  /** A customer named a transaction of an order of the store. */
  readonly named: (tx: Tx, store: string, txHash: string) => Promise<void>;
}

export class CommandDesk {
  readonly #options: CommandDeskOptions;

  constructor(options: CommandDeskOptions) {
    this.#options = options;
  }

  async give(command: Command, desk: Desk): Promise<Answer> {
    const { storage, clock } = this.#options;
    const hash = createHash('sha256').update(canonicalJson(command)).digest('hex');
    return storage.writer.write(async (tx) => {
      const known = await findCommand(tx, command.id);
      if (known) return this.#again(known, desk, hash);
      const answer = await this.#answer(tx, command, desk);
      await saveCommand(tx, { id: command.id, deskId: desk.id, hash, answer }, clock.now());
      return answer;
    });
  }

  /** What became of a command of this desk; of others' commands nothing is told. */
  async status(id: string, desk: Desk): Promise<CommandAnswer> {
    const known = await findCommand(this.#options.storage.reader, id);
    if (known?.deskId !== desk.id) return { ok: true, state: 'unknown' };
    return known.answer.ok ? known.answer : { ok: true, state: 'failed', error: known.answer.error };
  }

  #again(known: CommandRecord, desk: Desk, hash: string): Answer {
    if (known.deskId === desk.id && known.hash === hash) return known.answer;
    return failed(new CommandError('id-reused', 'Another command has this id; give each command its own.'));
  }

  async #answer(tx: Tx, command: Command, desk: Desk): Promise<Answer> {
    try {
      if (!desk.stores.includes(command.store)) throw new CommandError('forbidden', 'This desk is not of that store.');
      return await this.#carryOut(tx, command, desk);
    } catch (error) {
      if (error instanceof CommandError) return failed(error);
      throw error;
    }
  }

  async #carryOut(tx: Tx, command: Command, desk: Desk): Promise<CommandAnswer> {
    const { store, order } = command;
    const checked = checkCommand(command, desk.role);
    const events = await this.#append(tx, command, checked, desk);
    const [event] = events;
    const done = { ok: true, state: 'done', ...(event && { seq: event.seq }) } as const;
    if (checked.name === 'name-transaction') {
      for (const { kind, data } of events) {
        if (kind === 'transaction.named') await this.#options.named(tx, store, String(data['txHash']));
      }
    }
    if ((checked.name !== 'recheck' && checked.name !== 'name-transaction') || order === null) return done;
    const held = await readOrder(tx, store, order);
    return { ...done, result: { asked: held ? this.#options.recheck(held) : [] } };
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
