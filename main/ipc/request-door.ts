/**
 * The one door every request of a page passes: its sender was checked when its socket was taken (admission.ts), then
 * its frame and input by schema, then its handler. Whatever comes, the answer is a frame and never an exception.
 */
import { clientFrameSchema, isRequestName, requests } from '../../contract/ipc.ts';
import type { IpcError, RequestName, RequestOutput, ServerFrame } from '../../contract/ipc.ts';
import type { z } from 'zod';
import { DeskError } from '../desk/desk.ts';

type CheckedInput<R extends RequestName> = z.output<(typeof requests)[R]['input']>;
export type RequestHandlers = { readonly [R in RequestName]: (input: CheckedInput<R>) => Promise<RequestOutput<R>> };

/** Tells of a failure that is ours; without the input, which may hold customer data. */
export type DoorLog = (level: 'warn' | 'error', message: string, fields?: object) => void;

/** The id of an answer to a frame that had none to answer to. */
export const noId = -1;

function refused(id: number, code: string, message: string): ServerFrame {
  return { id, ok: false, error: { code, message: message.slice(0, 2000) } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Even a malformed frame is answered under its own id when it has a usable one. */
function idOf(value: unknown): number {
  const id = clientFrameSchema.pick({ id: true }).safeParse(value);
  return id.success ? id.data.id : noId;
}

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

/**
 * Answers one text frame of a page.
 * @returns the answer's frame; `malformed`, `unknown-request` and `invalid-input` name what was refused
 */
export async function answerFrame(text: string, handlers: RequestHandlers, log: DoorLog): Promise<ServerFrame> {
  const value = parsed(text);
  const frame = clientFrameSchema.safeParse(value);
  if (!frame.success) return refused(idOf(value), 'malformed', 'A frame is {id, request, input} in JSON.');
  const { id, request, input } = frame.data;
  if (!isRequestName(request)) return refused(id, 'unknown-request', `There is no request named ${request}.`);
  try {
    const result = await handled(request, input, handlers);
    if ('output' in result) return { id, ok: true, output: result.output };
    const field = result.fault?.path.join('.') ?? '';
    const reason = result.fault?.message ?? 'not as the contract says';
    return refused(id, 'invalid-input', field === '' ? reason : `${field}: ${reason}`);
  } catch (error) {
    const { code, message } = errorOf(error, request, log);
    return refused(id, code, message);
  }
}
