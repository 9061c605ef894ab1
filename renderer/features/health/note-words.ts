/** What a source, a chain or a node had to say for itself, in the words of the catalogue; the gateway's English is the fallback. Pure. */
import { chainName } from '../../strings/chain-name.ts';
import { noteStrings } from '../../strings/en/notes.ts';
import { createReader } from '../../strings/known-text.ts';
import type { Tell } from '../../strings/known-text.ts';
import { say } from '../../strings/message.ts';

const one = String.raw`\S+`;
const readNote = createReader(noteStrings, {
  holds: {
    // Of several on one host: `node.example (2)`.
    node: String.raw`\S+(?: \(\d+\))?`,
    status: String.raw`\d+`,
    ms: one,
    s: one,
    min: one,
    method: one,
    code: one,
    chain: one,
    own: one,
    number: String.raw`\d*`,
    tx: one,
  },
  inner: { chain: chainName, own: chainName, note: noteText },
});

/** A note of several nodes is said node by node; what is of no known form stays as it was written. */
export function noteText(note: string, tell: Tell): string {
  const whole = readNote(note, tell);
  if (whole) return tell(whole);
  return note
    .split('; ')
    .map((each) => {
      const words = readNote(each, tell);
      return words ? tell(words) : each;
    })
    .reduce((notes, each) => tell(say('sources.notes', { notes, note: each })));
}
