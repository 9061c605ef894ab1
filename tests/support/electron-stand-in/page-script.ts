import { createWireCodec } from './wire-codec.ts';

/** The binding through which a page's messages reach the imitated main process. */
export const bindingName = '__electronStandIn';
export const deliverName = '__electronStandInDeliver';

type Binding = (channel: string, args: string) => Promise<{ ok: true; value: string } | { ok: false; message: string }>;

type Preload = (require: (name: string) => object, module: object, exports: object) => void;

/**
 * Runs in the page before its own scripts: a pretend `require` for the preload script, with contextBridge and
 * ipcRenderer as far as it uses them. Self-contained: only its source crosses.
 */
function inPage(
  names: { binding: string; deliver: string },
  codec: ReturnType<typeof createWireCodec>,
  preload: Preload,
) {
  const world = globalThis as unknown as Record<string, unknown>;
  if (globalThis.top !== globalThis.self) return;
  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>();
  world[names.deliver] = (channel: string, args: string) => {
    for (const listener of [...(listeners.get(channel) ?? [])]) listener({}, ...(codec.decode(args) as unknown[]));
  };
  const ipcRenderer = {
    async invoke(channel: string, ...args: unknown[]) {
      const answer = await (world[names.binding] as Binding)(channel, codec.encode(args));
      // As Electron does it: an error crosses as its text alone.
      if (!answer.ok) throw new Error(`Error invoking remote method '${channel}': ${answer.message}`);
      return codec.decode(answer.value);
    },
    on(channel: string, listener: (event: object) => void) {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    off(channel: string, listener: (event: object) => void) {
      listeners.get(channel)?.delete(listener);
    },
  };
  const only = (name: string, target: object) =>
    new Proxy(target, {
      get(of, property) {
        if (!(property in of)) throw new Error(`Electron's ${name}.${String(property)} is not imitated`);
        return Reflect.get(of, property) as unknown;
      },
    });
  const contextBridge = {
    exposeInMainWorld(key: string, api: object) {
      Object.defineProperty(globalThis, key, { value: Object.freeze({ ...api }), enumerable: true });
    },
  };
  const electron = only('preload', {
    ipcRenderer: only('ipcRenderer', ipcRenderer),
    contextBridge: only('contextBridge', contextBridge),
  });
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`A sandboxed preload script cannot load ${name}`);
    return electron;
  };
  preload(require, { exports: {} }, {});
}

/** The script to add to every page of a window with this preload script. */
export function pageScript(preload: string): string {
  const names = JSON.stringify({ binding: bindingName, deliver: deliverName });
  // As text within the script, because the page's policy forbids making code from strings.
  const run = `function (require, module, exports) {${preload}\n}`;
  return `(${inPage.toString()})(${names}, (${createWireCodec.toString()})(), ${run});`;
}
