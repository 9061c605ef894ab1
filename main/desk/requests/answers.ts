import type { RequestInput, RequestName, RequestOutput } from '../../../contract/ipc.ts';
import type { DeskRequestName } from '../desk.ts';

/** Requests that a desk answers, each by its name. */
export type Answers = {
  readonly [R in Exclude<DeskRequestName, 'desk.attach'> & RequestName]: (
    input: RequestInput<R>,
  ) => Promise<RequestOutput<R>>;
};
