/**
 * Why something was refused or did not work, in the words of the catalogue: the gateway and the device's own program say
 * it in English, which is the fallback. Pure.
 */
import { roles } from '../../contract/protocol.ts';
import { faultStrings } from './en/faults.ts';
import { refusalStrings } from './en/refusals.ts';
import { createReader, toldOr } from './known-text.ts';
import type { Tell } from './known-text.ts';
import type { StringKey } from './message.ts';
import { say } from './message.ts';

/** What the button of a command says. */
const titles: Readonly<Record<string, StringKey>> = {
  release: 'action.release',
  claim: 'action.claim',
  unclaim: 'action.unclaim',
  recheck: 'action.recheck',
  note: 'action.note',
  resolve: 'action.resolve',
  'override-verdict': 'action.override',
  'name-transaction': 'named.give',
  'attach-payment': 'money.attachOther',
  'dismiss-payment': 'money.dismiss',
};

const read = createReader(
  { ...refusalStrings, ...faultStrings },
  {
    holds: { role: String.raw`\w+`, own: String.raw`\w+` },
    inner: { role: roleText, own: roleText, command: titleOf },
  },
);

/** @returns the message as it was written where it is of no known form */
export function faultText(message: string, tell: Tell): string {
  return toldOr(read, message, tell);
}

function roleText(role: string, tell: Tell): string {
  const known = roles.find((each) => each === role);
  return known ? tell(say(`role.${known}`)) : role;
}

/** Another command by its own name. */
function titleOf(command: string, tell: Tell): string {
  const key = Object.hasOwn(titles, command) ? titles[command] : undefined;
  return key ? tell({ key, params: {} }).replace('…', '') : command;
}
