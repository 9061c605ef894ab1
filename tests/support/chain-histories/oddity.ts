/** What a node, or what stands before it, may answer in place of the truth. */
export const oddities = [
  'nothing',
  'empty list',
  'null field',
  'missing field',
  'other type',
  'bare prefix',
  'error',
  'too often',
  'silence',
] as const;
export type Oddity = (typeof oddities)[number];

export interface OddAnswer {
  readonly oddity: Oddity;
  /** Which field it is about. */
  readonly at: number;
}
