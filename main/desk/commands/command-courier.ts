import { randomUUID } from 'node:crypto';
import type { CommandOutcome, RequestInput } from '../../../contract/ipc.ts';
import { commandArgs } from '../../../contract/protocol.ts';
import type { Command, CommandName } from '../../../contract/protocol.ts';
import { DeskError } from '../desk.ts';
import type { TimePort } from '../desk.ts';
import type { Timing } from '../timing.ts';
import { readAnswer } from './command-answer.ts';
import type { CommandBook } from './command-book.ts';
import type { CommandLine } from './command-line.ts';

export interface CourierContext {
  readonly time: TimePort;
  readonly timing: Timing;
  readonly book: CommandBook;
  /** The line of this moment, null while there is none. */
  readonly line: () => CommandLine | null;
}

const NOT_SENT = 'The gateway cannot be reached, so nothing was sent. Try again once this desk is connected.';

/** Brings commands to the gateway, each with at most one effect, and finds out what became of every one [CM1, CM2]. */
export class CommandCourier {
  readonly #context: CourierContext;
  /** Commands somebody is asking about just now; none waits for another. */
  readonly #underWay = new Set<string>();
  #cancel: () => void = () => undefined;
  #closed = false;

  constructor(context: CourierContext) {
    this.#context = context;
  }

  /**
   * Gives a command; whether this desk may is for the gateway to say.
   * @throws DeskError `not-connected`, `unknown-command`, `invalid-args`: nothing was sent
   */
  async give(input: RequestInput<'command.send'>): Promise<CommandOutcome> {
    const { book, line, time } = this.#context;
    checkCommand(input);
    const proven = (await line()?.prove()) ?? false;
    // The line that answered may have been replaced by a newer one meanwhile, which is as good.
    const open = line();
    if (!proven || !open || this.#closed) throw new DeskError('not-connected', NOT_SENT);
    const { store, order, name, args } = input;
    const command: Command = { id: randomUUID(), store, name, order, args };
    book.add(command, time.now());
    await this.#alone(command.id, () => this.#send(open, command));
    return book.find(command.id)?.outcome ?? { id: command.id, state: 'unknown' };
  }

  /** A line is there, or a moment has passed: every command in doubt is asked about, each for itself. */
  settle(): void {
    this.#cancel();
    const { book, line, time, timing } = this.#context;
    const open = line();
    const unsettled = book.unsettled();
    if (!open || this.#closed || unsettled.length === 0) return;
    for (const { command } of unsettled) void this.#alone(command.id, () => this.#ask(open, command));
    this.#cancel = time.after(timing.settleEvery, () => this.settle());
  }

  close(): void {
    this.#closed = true;
    this.#cancel();
  }

  /** One command is never asked about twice at a time, and none waits for another [CM2]. */
  async #alone(id: string, run: () => Promise<void>): Promise<void> {
    if (this.#underWay.has(id)) return;
    this.#underWay.add(id);
    try {
      await run();
    } finally {
      this.#underWay.delete(id);
    }
    if (this.#context.book.unsettled().some(({ command }) => command.id === id)) this.#later();
  }

  #later(): void {
    const { time, timing } = this.#context;
    this.#cancel();
    if (!this.#closed) this.#cancel = time.after(timing.settleEvery, () => this.settle());
  }

  async #ask(line: CommandLine, command: Command): Promise<void> {
    const { id, store } = command;
    const answer = await line.request('command-status', { id, store });
    // A refusal to answer the question is no word on the command.
    if (!answer.ok) return;
    const outcome = readAnswer(id, answer);
    if (outcome === null) await this.#send(line, command);
    else this.#become(outcome);
  }

  async #send(line: CommandLine, command: Command): Promise<void> {
    const outcome = readAnswer(command.id, await line.request('command', command));
    this.#become(outcome ?? { id: command.id, state: 'unknown' });
  }

  #become(outcome: CommandOutcome): void {
    if (!this.#closed) this.#context.book.become(outcome);
  }
}

/** Before it is kept: what the gateway could not even read would be sent again for ever. */
function checkCommand({ name, args }: RequestInput<'command.send'>): void {
  if (!Object.hasOwn(commandArgs, name)) throw new DeskError('unknown-command', `There is no command "${name}".`);
  const checked = commandArgs[name as CommandName].safeParse(args);
  if (checked.success) return;
  const faults = checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new DeskError('invalid-args', faults.join('; '));
}
