/** From messages to words of one language. */
import type { Entry, Given, Message, StringKey } from './message.ts';
import { say } from './message.ts';

export interface Translate {
  <K extends StringKey>(key: K, ...given: Given<K>): string;
}

export interface Words {
  readonly locale: string;
  readonly t: Translate;
  readonly tell: (message: Message) => string;
}

/** Control characters but line ends and tabs, and those that turn the text around them: a value is not to turn ours. */
const UNSEEN = /(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;

function filled(text: string, params: Message['params'], number: Intl.NumberFormat): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name];
    if (value === undefined) return placeholder;
    return typeof value === 'number' ? number.format(value) : value.replace(UNSEEN, '\uFFFD');
  });
}

/** @param locale BCP 47 tag; decides plural forms and how numbers are written */
export function createWords(locale: string, catalogue: Readonly<Record<StringKey, Entry>>): Words {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  const tell = ({ key, params }: Message): string => {
    const entry = catalogue[key];
    if (typeof entry === 'string') return filled(entry, params, number);
    const { count } = params;
    // A language without plural forms may still have a text for exactly one.
    const form = typeof count !== 'number' ? 'other' : count === 1 && entry.one ? 'one' : plural.select(count);
    return filled(entry[form] ?? entry.other, params, number);
  };
  return { locale, tell, t: (key, ...given) => tell(say(key, ...given)) };
}
