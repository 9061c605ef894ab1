/** Requests under way and push listeners of one socket link: frames in, answers and pushes out. No socket in here. */
import { readAs } from '../../contract/exact-fit.ts';
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

export class SocketCalls {
  readonly #send: (text: string) => boolean;
  readonly #onMalformed: () => void;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<PushName, Set<Listener>>();
  #nextId = 0;

  /**
   * @param send sends a text frame; false while the socket is not open
   * @param onMalformed told once per frame or push that does not fit the contract, which is then dropped
   */
  constructor(send: (text: string) => boolean, onMalformed: () => void) {
    this.#send = send;
    this.#onMalformed = onMalformed;
  }

  /** @throws RequestError as the host answers; `host-gone` when the socket is not open or ends meanwhile */
  request<R extends RequestName>(name: R, input: RequestInput<R>): Promise<RequestOutput<R>> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      this.#waiting.set(id, { name, resolve: resolve, reject });
      if (this.#send(JSON.stringify({ id, request: name, input }))) return;
      this.#waiting.delete(id);
      reject(new RequestError(gone));
    });
  }

  /** @returns a function that ends the subscription */
  on<P extends PushName>(name: P, listener: (payload: PushPayload<P>) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set<Listener>();
    this.#listeners.set(name, set);
    set.add(listener);
    return () => set.delete(listener);
  }

  /** Takes one text frame of the host. */
  receive(text: string): void {
    const frame = parsed(text);
    if (!frame) this.#onMalformed();
    else if ('push' in frame) this.#pushed(frame.push, frame.payload);
    else this.#answered(frame);
  }

  /** Fails every request under way, because the socket ended. */
  fail(): void {
    const calls = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const call of calls) call.reject(new RequestError(gone));
  }

  #answered(frame: Exclude<ServerFrame, { push: string }>): void {
    const call = this.#waiting.get(frame.id);
    if (!call) return;
    this.#waiting.delete(frame.id);
    if (!frame.ok) {
      call.reject(new RequestError(frame.error));
      return;
    }
    const output = requests[call.name].output.safeParse(frame.output);
    if (output.success) call.resolve(output.data);
    else call.reject(new RequestError({ code: 'malformed', message: 'The answer does not fit this version.' }));
  }

  #pushed(name: string, payload: unknown): void {
    // A push of a later version that this page does not know says nothing to it.
    if (!isPushName(name)) return;
    const checked = readAs(pushes[name], payload);
    if (!checked.success) {
      this.#onMalformed();
      return;
    }
    for (const listener of this.#listeners.get(name) ?? []) listener(checked.data as never);
  }
}
