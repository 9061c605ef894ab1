import { strict } from './strict.ts';
import { createWireCodec } from './wire-codec.ts';
import type { Asked, Told } from './world-scripts.ts';

type Handler = (event: object, ...args: unknown[]) => unknown;
const codec = createWireCodec();

/** Electron's ipcMain: a message comes cloned, and with the frame that sent it. */
export class StandInIpc {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** A message of a page. @param frame the one that sent it */
  async invoke(contents: object, frame: object, { id, channel, args }: Asked): Promise<Told> {
    const handler = this.#handlers.get(channel);
    if (!handler) return { id, ok: false, message: `Error: No handler registered for '${channel}'` };
    const event = strict('IpcMainInvokeEvent', { sender: contents, senderFrame: frame });
    try {
      const values = codec.decode(args);
      return { id, ok: true, value: codec.encode(await handler(event, ...(values as unknown[]))) };
    } catch (error) {
      return { id, ok: false, message: String(error) };
    }
  }

  /** A message as a test forges it. @returns what the handler answers */
  async forge(channel: string, event: object, ...args: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...(codec.decode(codec.encode(args)) as unknown[]));
  }
}
