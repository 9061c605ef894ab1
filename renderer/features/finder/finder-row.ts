import type { FinderAction } from './finder-action.ts';
import type { Answer } from './rank-answers.ts';

/** A line of the finder's list: an answer, or a command. */
export type FinderRow =
  | { readonly id: string; readonly answer: Answer; readonly action?: never }
  | { readonly id: string; readonly action: FinderAction; readonly answer?: never };
