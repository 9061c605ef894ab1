/**
 * Texts that the gateway writes in English, known again by the English of the catalogue, so that the screen can say them
 * in the person's language. What the catalogue does not know stays as it was written. Pure.
 */
import type { Entry, Message, StringKey } from './message.ts';

export type Tell = (message: Message) => string;
/** Says what stood in a place, where that is a phrase of its own. */
export type Inner = (text: string, tell: Tell) => string;
export type ReadText = (text: string, tell: Tell) => Message | null;

export interface Places {
  /** What a place may hold, as a pattern without groups; anything where none is given. */
  readonly holds?: Readonly<Record<string, string>>;
  readonly inner?: Readonly<Record<string, Inner>>;
}

interface Form {
  readonly key: StringKey;
  readonly pattern: RegExp;
}

/** By the sentence of every key, and of each of its plural forms; the first that fits decides. */
export function createReader(part: Readonly<Partial<Record<StringKey, Entry>>>, places: Places = {}): ReadText {
  const { inner = {} } = places;
  let forms: readonly Form[] | null = null;
  return (text, tell) => {
    forms ??= formsOf(part, places);
    for (const { key, pattern } of forms) {
      const found = pattern.exec(text);
      if (!found) continue;
      const params = Object.entries(found.groups ?? {}).map(([name, held]) => {
        const say = inner[name];
        return [name, say ? say(held, tell) : name === 'count' ? Number(held) : held] as const;
      });
      return { key, params: Object.fromEntries(params) };
    }
    return null;
  };
}

function formsOf(part: Readonly<Partial<Record<StringKey, Entry>>>, { holds = {} }: Places): Form[] {
  return (Object.entries(part) as [StringKey, Entry][]).flatMap(([key, entry]) => {
    const texts = typeof entry === 'string' ? [entry] : Object.values(entry);
    return texts.map((text) => ({ key, pattern: patternOf(text, { count: String.raw`\d+`, ...holds }) }));
  });
}

/** `{amount} too much` → `^(?<amount>.+?) too much$` */
function patternOf(text: string, holds: Readonly<Record<string, string>>): RegExp {
  const parts = text.split(/\{(\w+)\}/).map((part, n) => {
    if (n % 2 === 0) return part.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
    return `(?<${part}>${holds[part] ?? '.+?'})`;
  });
  return new RegExp(`^${parts.join('')}$`, 's');
}

/** What was read in the words of the catalogue; as it was written where it is not known. */
export function toldOr(read: ReadText, text: string, tell: Tell): string {
  const words = read(text, tell);
  return words ? tell(words) : text;
}
