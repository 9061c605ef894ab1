/** What the screen says, as data: a key of the catalogue and what to fill in. Words appear only when it is told. */
import type { english } from './english.ts';

type Catalogue = typeof english;
export type StringKey = keyof Catalogue;

/** One text, or one per plural form of `count` (English needs two; other languages may give more). */
export type Entry = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** A part of the catalogue in another language: the same keys. */
export type Translation<Part> = Readonly<Record<keyof Part, Entry>>;

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;
type TextOf<E> = E extends string ? E : E[keyof E];
export type Params<K extends StringKey> = Readonly<Record<Names<TextOf<Catalogue[K]>>, string | number>>;
/** The placeholders' values, absent where the text has none. */
export type Given<K extends StringKey> = [Names<TextOf<Catalogue[K]>>] extends [never] ? [] : [params: Params<K>];

export interface Message {
  readonly key: StringKey;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A message whose placeholders are checked against the catalogue. */
export function say<K extends StringKey>(key: K, ...given: Given<K>): Message {
  return { key, params: given[0] ?? {} };
}
