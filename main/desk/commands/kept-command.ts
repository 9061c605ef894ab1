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

/** With what became of it. What was asked for is let go of once that is settled: a note is a person's own words. */
export function withOutcome(kept: KeptCommand, outcome: CommandOutcome): KeptCommand {
  return isSettled(outcome.state) ? { ...kept, command: { ...kept.command, args: {} }, outcome } : { ...kept, outcome };
}

export function commandView({ command, givenAt, outcome }: KeptCommand): CommandView {
  const { id, store, order, name } = command;
  const { state, error } = outcome;
  return { id, store, order, name, givenAt, state, ...(error && { error }) };
}
