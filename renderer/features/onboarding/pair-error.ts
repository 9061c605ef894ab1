/** Why pairing failed, in the words of the catalogue where it has some, else in the desk's own. */
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

export function pairError(code: string, message: string): Message {
  const found = known.find((each) => each === code);
  return found ? say(`pair.error.${found}`) : say('pair.error', { message });
}
