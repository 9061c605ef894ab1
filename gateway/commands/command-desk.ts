/** Carries commands out, each id at most once [CM1]; answers, also refusals, are kept and given again. */
import { createHash } from 'node:crypto';
import type { Order } from '../../contract/order.ts';
import type { Command, CommandAnswer, FailedAck } from '../../contract/protocol.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Clock } from '../ledger.ts';
import { findCommand, saveCommand } from '../store/command-answers.ts';
import type { CommandRecord } from '../store/command-answers.ts';
import type { Desk } from '../store/desks.ts';
import type { Storage } from '../store/open-store.ts';
import { readOrder } from '../store/projection.ts';
import type { Tx } from '../store/writer.ts';
import { CommandError, checkCommand, decideCommand } from './decide-command.ts';

type Answer = CommandAnswer | FailedAck;

export interface CommandDeskOptions {
  readonly storage: Storage;
  readonly clock: Clock;
  /** Asks every source and chain that knows the order to look at it now. @returns their ids */
  readonly recheck: (order: Order) => readonly string[];
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
    const { id, store, order } = command;
    const giver = { actor: { deskId: desk.id, name: desk.name }, role: desk.role };
    const checked = checkCommand(command, desk.role);
    const events = await this.#options.storage.ledger.appendIn(tx, store, [
      {
        order,
        decide: (held) =>
          decideCommand(checked, held, giver).map((draft) => ({ ...draft, command: id, actor: giver.actor })),
      },
    ]);
    const [event] = events;
    if (checked.name !== 'recheck') return { ok: true, state: 'done', ...(event && { seq: event.seq }) };
    const held = await readOrder(tx, store, order);
    return { ok: true, state: 'done', result: { asked: held ? this.#options.recheck(held) : [] } };
  }
}

function failed({ code, message }: CommandError): FailedAck {
  return { ok: false, error: { code, message } };
}
