/**
 * The one door every request of a page passes: its host has checked its sender, then come name and input by schema,
 * then its handler. Whatever comes, the answer is an envelope and never an exception.
 */
import { isRequestName, requests } from '../../contract/ipc.ts';
import type { IpcError, IpcResult, RequestName, RequestOutput } from '../../contract/ipc.ts';
import type { z } from 'zod';
import { DeskError } from '../desk/desk.ts';

type CheckedInput<R extends RequestName> = z.output<(typeof requests)[R]['input']>;
export type RequestHandlers = { readonly [R in RequestName]: (input: CheckedInput<R>) => Promise<RequestOutput<R>> };

/** Tells of a failure that is ours; without the input, which may hold customer data. */
export type DoorLog = (level: 'warn' | 'error', message: string, fields?: object) => void;

/** What a page gets, whichever way its host carries it. */
export type Answer = IpcResult<RequestName>;

/** Requests of one page that may be under way at once; a page of ours never comes near. */
export const mostUnderWay = 64;

function errorOf(error: unknown, name: RequestName, log: DoorLog): IpcError {
  if (error instanceof DeskError) return { code: error.code.slice(0, 64), message: error.message.slice(0, 2000) };
  log('error', 'request failed', { request: name, error: error instanceof Error ? error.stack : String(error) });
  return { code: 'internal', message: 'Something went wrong inside Tillwatch; its log says more. Please try again.' };
}

/** Ties a name's schema to its handler: the one place that knows they belong together. */
async function handled<R extends RequestName>(name: R, input: unknown, handlers: RequestHandlers) {
  const checked = requests[name].input.safeParse(input);
  if (!checked.success) return { fault: checked.error.issues[0] };
  return { output: await handlers[name](checked.data as CheckedInput<R>) };
}

function refused(code: string, message: string): Answer {
  return { ok: false, error: { code, message: message.slice(0, 2000) } };
}

/**
 * Answers one request of a page.
 * @returns the answer; `unknown-request` and `invalid-input` name what was refused
 */
export async function answerRequest(
  request: string,
  input: unknown,
  handlers: RequestHandlers,
  log: DoorLog,
): Promise<Answer> {
  if (!isRequestName(request)) return refused('unknown-request', `There is no request named ${request}.`);
  try {
    const result = await handled(request, input, handlers);
    if ('output' in result) return { ok: true, output: result.output };
    const field = result.fault?.path.join('.') ?? '';
    const reason = result.fault?.message ?? 'not as the contract says';
    return refused('invalid-input', field === '' ? reason : `${field}: ${reason}`);
  } catch (error) {
    return { ok: false, error: errorOf(error, request, log) };
  }
}
