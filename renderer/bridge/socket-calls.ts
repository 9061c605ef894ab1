/** Requests under way and push listeners of one socket link: frames in, answers and pushes out. No socket in here. */
import { pushes, requests, serverFrameSchema } from '../../contract/ipc.ts';
import type {
  PushName,
  PushPayload,
  RequestInput,
  RequestName,
  RequestOutput,
  ServerFrame,
} from '../../contract/ipc.ts';
import { RequestError } from './request-error.ts';

interface Waiting {
  readonly name: RequestName;
  resolve(output: unknown): void;
  reject(error: Error): void;
}
type Listener = (payload: never) => void;

export interface SocketCalls {
  request<R extends RequestName>(name: R, input: RequestInput<R>): Promise<RequestOutput<R>>;
  on<P extends PushName>(name: P, listener: (payload: PushPayload<P>) => void): () => void;
  /** Takes one text frame of the host; what does not fit the contract is dropped and told to `onMalformed`. */
  receive(text: string): void;
  /** Fails every request under way, because the socket ended. */
  fail(): void;
}

const gone = { code: 'host-gone', message: 'The local Tillwatch host does not answer.' };

function isPushName(name: string): name is PushName {
  return Object.hasOwn(pushes, name);
}

function parsed(text: string): ServerFrame | null {
  try {
    const frame = serverFrameSchema.safeParse(JSON.parse(text));
    return frame.success ? frame.data : null;
  } catch {
    return null;
  }
}

/**
 * @param send sends a text frame; false while the socket is not open
 * @param onMalformed told once per frame that does not fit
 */
export function createSocketCalls(send: (text: string) => boolean, onMalformed: () => void): SocketCalls {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<PushName, Set<Listener>>();
  let nextId = 0;

  function answered(frame: Exclude<ServerFrame, { push: string }>): void {
    const call = waiting.get(frame.id);
    if (!call) return;
    waiting.delete(frame.id);
    if (!frame.ok) {
      call.reject(new RequestError(frame.error));
      return;
    }
    const output = requests[call.name].output.safeParse(frame.output);
    if (output.success) call.resolve(output.data);
    else call.reject(new RequestError({ code: 'malformed', message: 'The answer does not fit this version.' }));
  }

  function pushed(name: string, payload: unknown): void {
    if (!isPushName(name)) return;
    const checked = pushes[name].safeParse(payload);
    if (!checked.success) {
      onMalformed();
      return;
    }
    for (const listener of listeners.get(name) ?? []) listener(checked.data as never);
  }

  return {
    request: (name, input) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        waiting.set(id, { name, resolve: resolve as (output: unknown) => void, reject });
        if (send(JSON.stringify({ id, request: name, input }))) return;
        waiting.delete(id);
        reject(new RequestError(gone));
      }),
    on: (name, listener) => {
      const set = listeners.get(name) ?? new Set<Listener>();
      listeners.set(name, set);
      set.add(listener as Listener);
      return () => set.delete(listener as Listener);
    },
    receive: (text) => {
      const frame = parsed(text);
      if (!frame) onMalformed();
      else if ('push' in frame) pushed(frame.push, frame.payload);
      else answered(frame);
    },
    fail: () => {
      const calls = [...waiting.values()];
      waiting.clear();
      for (const call of calls) call.reject(new RequestError(gone));
    },
  };
}
