/** What each action is called, by state of its command. */
import type { CommandView } from '../../../../contract/ipc.ts';
import type { CommandName } from '../../../../contract/protocol.ts';
import { faultText } from '../../../strings/fault-text.ts';
import type { Tell } from '../../../strings/known-text.ts';
import { say } from '../../../strings/message.ts';
import type { Message, StringKey } from '../../../strings/message.ts';
import type { ActionName, Blocked } from './case-action.ts';

export const actionLabel = {
  release: 'action.release',
  claim: 'action.claim',
  unclaim: 'action.unclaim',
  'hand-over': 'action.handOver',
  recheck: 'action.recheck',
  note: 'action.note',
  resolve: 'action.resolve',
  'override-verdict': 'action.override',
} as const satisfies Record<ActionName, StringKey>;

export const blockedWords = {
  past: 'action.blocked.past',
  'not-current': 'action.blocked.notCurrent',
  'under-way': 'action.blocked.underWay',
} as const satisfies Record<Blocked, StringKey>;

const commandName = {
  release: 'command.name.release',
  claim: 'command.name.claim',
  unclaim: 'command.name.unclaim',
  recheck: 'command.name.recheck',
  note: 'command.name.note',
  resolve: 'command.name.resolve',
  'override-verdict': 'command.name.override',
  'name-transaction': 'command.name.nameTransaction',
  'attach-payment': 'command.name.attach',
  'dismiss-payment': 'command.name.dismiss',
} as const satisfies Record<CommandName, StringKey>;

function isNamed(name: string): name is CommandName {
  return Object.hasOwn(commandName, name);
}

/** What a command is called; one of a later version by its own name. */
export function commandWords(name: string): Message {
  return isNamed(name) ? say(commandName[name]) : say('command.other', { name });
}

/** What became of a command, without calling anything done or failed that is not known to be [CM3]. */
export function stateWords({ state, error }: Pick<CommandView, 'state' | 'error'>, tell: Tell): Message {
  if (state !== 'failed') return say(`command.${state}`);
  return say('command.failed', { reason: faultText(error?.message ?? '', tell) });
}
