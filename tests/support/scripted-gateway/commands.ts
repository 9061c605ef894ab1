/** Commands at the scripted gateway: carried out at most once by id, their answers lost as a test wants it. */
import type { Command } from '../../../contract/protocol.ts';

export interface CommandScript {
  fate: (command: Command) => 'answer' | 'lose-command' | 'lose-answer';
  /** How often each id was carried out; more than once is the desk's fault or ours. */
  readonly carriedOut: Map<string, number>;
  answer: (id: string) => object;
}

/** @returns null when the line breaks instead of an answer */
export function giveCommand(script: CommandScript, seen: string[], command: Command): object | null {
  seen.push(`command ${command.name}`);
  const fate = script.fate(command);
  if (fate === 'lose-command') return null;
  if (!script.carriedOut.has(command.id)) script.carriedOut.set(command.id, 1);
  return fate === 'answer' ? script.answer(command.id) : null;
}

export function commandStatus(script: CommandScript, seen: string[], id: string): object {
  seen.push('command-status');
  if (!script.carriedOut.has(id)) return { ok: true, state: 'unknown' };
  const answer = script.answer(id) as { ok: boolean; error?: object };
  return answer.ok ? answer : { ok: true, state: 'failed', error: answer.error };
}
