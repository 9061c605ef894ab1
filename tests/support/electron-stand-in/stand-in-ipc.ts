import type { BrowserContext, Frame, Page } from '@playwright/test';
import { bindingName } from './page-script.ts';
import { frameFace } from './stand-in-contents.ts';
import type { StandInWindow } from './stand-in-window.ts';
import { strict } from './strict.ts';
import { createWireCodec } from './wire-codec.ts';

type Handler = (event: object, ...args: unknown[]) => unknown;
const codec = createWireCodec();

/** Electron's ipcMain: a message comes cloned, and with the frame that sent it. */
export class StandInIpc {
  readonly #handlers = new Map<string, Handler>();
  readonly #windowOf: (page: object) => StandInWindow | null;

  constructor(windowOf: (page: object) => StandInWindow | null) {
    this.#windowOf = windowOf;
  }

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  async attach(context: BrowserContext): Promise<void> {
    await context.exposeBinding(bindingName, ({ page, frame }, channel: string, args: string) =>
      this.#invoke(page, frame, channel, args),
    );
  }

  async #invoke(page: Page, frame: Frame, channel: string, args: string): Promise<object> {
    const contents = this.#windowOf(page)?.webContents;
    if (!contents) return { ok: false, message: 'Error: no window has this page' };
    const handler = this.#handlers.get(channel);
    if (!handler) return { ok: false, message: `Error: No handler registered for '${channel}'` };
    const event = strict('IpcMainInvokeEvent', { sender: contents, senderFrame: frameFace(frame, contents.id) });
    try {
      const values = codec.decode(args);
      return { ok: true, value: codec.encode(await handler(event, ...(values as unknown[]))) };
    } catch (error) {
      return { ok: false, message: String(error) };
    }
  }

  /** A message as a test forges it. @returns what the handler answers */
  async forge(channel: string, event: object, ...args: unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...(codec.decode(codec.encode(args)) as unknown[]));
  }
}
