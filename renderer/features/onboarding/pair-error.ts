/** Why pairing failed, in the words of the catalogue where it has some, else in the desk's own. */
import { codeOf } from '../../bridge/request-error.ts';
import { faultText } from '../../strings/fault-text.ts';
import type { Tell } from '../../strings/known-text.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';

const known = [
  'bad-code',
  'bad-link',
  'bad-address',
  'insecure-address',
  'unreachable',
  'host-gone',
] as const satisfies readonly string[];

export function pairError(error: unknown, tell: Tell): Message {
  const code = codeOf(error);
  const found = known.find((each) => each === code);
  return found
    ? say(`pair.error.${found}`)
    : say('pair.error', { message: faultText(error instanceof Error ? error.message : String(error), tell) });
}
