/** A command as the desk keeps it, from before it is sent until after it is settled [CM1]. Pure. */
import type { CommandOutcome, CommandView } from '../../../contract/ipc.ts';
import type { Command } from '../../../contract/protocol.ts';

export interface KeptCommand {
  readonly command: Command;
  /** Device time. */
  readonly givenAt: number;
  readonly outcome: CommandOutcome;
}

/** True once the gateway has said what became of it. */
export function isSettled(state: CommandOutcome['state']): boolean {
  return state === 'done' || state === 'failed';
}

/** Arguments that say what a command is about. The others are a person's own words. */
const telling: ReadonlySet<string> = new Set(['paymentId', 'verdict', 'txHash', 'chain']);

function tellingOf(args: Command['args']): Command['args'] {
  return Object.fromEntries(Object.entries(args).filter(([name]) => telling.has(name)));
}

/** With what became of it. Once that is settled, only what it was about is kept: a note is a person's own words. */
export function withOutcome(kept: KeptCommand, outcome: CommandOutcome): KeptCommand {
  return isSettled(outcome.state)
    ? { ...kept, command: { ...kept.command, args: tellingOf(kept.command.args) }, outcome }
    : { ...kept, outcome };
}

export function commandView({ command, givenAt, outcome }: KeptCommand): CommandView {
  const { id, store, order, name } = command;
  const args = tellingOf(command.args);
  const { state, error } = outcome;
  return {
    id,
    store,
    order,
    name,
    givenAt,
    state,
    ...(Object.keys(args).length > 0 && { args }),
    ...(error && { error }),
  };
}
