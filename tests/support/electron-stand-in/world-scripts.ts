import { createWireCodec } from './wire-codec.ts';

/** How the scripts of a page's two worlds and the imitated main process call each other. */
export const worldNames = {
  /** The world of the preload script, which a page cannot see into; Electron's has the number 999. */
  world: 'electron-stand-in-preload',
  /** The preload world's way out. */
  binding: '__electronStandIn',
  /** The preload world's way in. */
  deliver: '__electronStandInDeliver',
  /** The event by which the preload world hands a private port over, before any script of the page runs. */
  handover: '__electronStandInHandover',
} as const;

export type WorldNames = typeof worldNames;

/** What the preload world says to main: `args` by the wire codec. */
export interface Asked {
  readonly id: number;
  readonly channel: string;
  readonly args: string;
}

/** What main says to the preload world. */
export type Told =
  | { readonly id: number; readonly ok: true; readonly value: string }
  | { readonly id: number; readonly ok: false; readonly message: string }
  | { readonly channel: string; readonly args: string };

/** One argument of a call from one world into the other: a value that can be cloned, or a function by its number. */
export type Crossing = { readonly value: unknown } | { readonly fn: number };

type Preload = (require: (name: string) => object, module: object, exports: object) => void;

/**
 * Runs in the preload script's world before any script of the page: a pretend `require` for the preload script, with
 * contextBridge and ipcRenderer as far as it uses them. What it exposes is called through a message port that both worlds
 * hold, by events that are dispatched synchronously and whose details are cloned on the way, as contextBridge does it.
 * Self-contained: only its source crosses.
 */
export function inPreloadWorld(
  names: WorldNames,
  codec: ReturnType<typeof createWireCodec>,
  isolated: boolean,
  preload: Preload,
): void {
  const world = globalThis as unknown as Record<string, unknown>;
  if (globalThis.top !== globalThis.self) return;
  const binding = world[names.binding] as (payload: string) => void;
  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;
  world[names.deliver] = (text: string) => {
    const told = JSON.parse(text) as Told;
    if ('channel' in told) {
      const args = codec.decode(told.args) as unknown[];
      for (const listener of [...(listeners.get(told.channel) ?? [])]) listener({}, ...args);
      return;
    }
    const asked = waiting.get(told.id);
    waiting.delete(told.id);
    if (told.ok) asked?.resolve(codec.decode(told.value));
    else asked?.reject(new Error(told.message));
  };
  const ipcRenderer = {
    async invoke(channel: string, ...args: unknown[]) {
      const id = ++last;
      const asked = Promise.withResolvers<unknown>();
      const message: Asked = { id, channel, args: codec.encode(args) };
      waiting.set(id, asked);
      binding(JSON.stringify(message));
      return asked.promise.catch((error: unknown) => {
        // As Electron does it: an error crosses as its text alone.
        const text = error instanceof Error ? error.message : String(error);
        throw new Error(`Error invoking remote method '${channel}': ${text}`);
      });
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
  const expose = (key: string, api: object) => {
    if (!isolated) {
      Object.defineProperty(globalThis, key, { value: Object.freeze({ ...api }), enumerable: true });
      return;
    }
    const { port1: port } = new MessageChannel();
    const functions = new Map<number, (...args: unknown[]) => unknown>();
    const numbers: Record<string, number> = {};
    const numbered = (fn: (...args: unknown[]) => unknown) => functions.set(++last, fn) && last;
    for (const [name, value] of Object.entries(api) as [string, unknown][]) {
      if (typeof value !== 'function') throw new Error(`contextBridge of ${typeof value} ${name} is not imitated`);
      numbers[name] = numbered(value as (...args: unknown[]) => unknown);
    }
    const say = (event: string, detail: object) => void port.dispatchEvent(new CustomEvent(event, { detail }));
    const settle = (promise: Promise<unknown>) => {
      const id = ++last;
      void promise.then(
        (value) => say('settled', { id, value }),
        (error: unknown) => say('settled', { id, message: error instanceof Error ? error.message : String(error) }),
      );
      return id;
    };
    port.addEventListener('call', (event) => {
      const { fn, args } = (event as CustomEvent<{ fn: number; args: Crossing[] }>).detail;
      const given = args.map((each) =>
        'fn' in each ? (...values: unknown[]) => say('run', { fn: each.fn, values }) : each.value,
      );
      try {
        const value = functions.get(fn)?.(...given);
        if (value instanceof Promise) say('reply', { promise: settle(value) });
        else if (typeof value === 'function') say('reply', { fn: numbered(value as () => unknown) });
        else say('reply', { value });
      } catch (error) {
        say('reply', { message: error instanceof Error ? error.message : String(error) });
      }
    });
    globalThis.dispatchEvent(
      new MessageEvent(names.handover, { data: JSON.stringify({ key, numbers }), ports: [port] }),
    );
  };
  const electron = only('preload', {
    ipcRenderer: only('ipcRenderer', ipcRenderer),
    contextBridge: only('contextBridge', { exposeInMainWorld: expose }),
  });
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`A sandboxed preload script cannot load ${name}`);
    return electron;
  };
  try {
    preload(require, { exports: {} }, {});
  } finally {
    globalThis.dispatchEvent(new MessageEvent(names.handover, { data: '' }));
  }
}

/**
 * Runs in the page's own world before any script of the page: makes the functions that the preload script exposes. It
 * keeps what it needs of the language, so that a page that changes its own world cannot get hold of the port.
 */
export function inPageWorld(names: WorldNames): void {
  if (globalThis.top !== globalThis.self) return;
  const { apply, defineProperty, deleteProperty } = Reflect;
  const { freeze } = Object;
  const dispatch = EventTarget.prototype.dispatchEvent;
  const Told = CustomEvent;
  const clone = structuredClone;
  const newPromise = Promise.withResolvers.bind(Promise);
  const readDetail = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get as () => never;
  interface Reply {
    readonly promise?: number;
    readonly fn?: number;
    readonly message?: string;
    readonly value?: unknown;
  }
  const take = (event: Event) => {
    const { data, ports } = event as MessageEvent<string>;
    event.stopImmediatePropagation();
    if (data === '') {
      globalThis.removeEventListener(names.handover, take);
      return;
    }
    const { key, numbers } = JSON.parse(data) as { key: string; numbers: Record<string, number> };
    const port = ports[0] as MessagePort;
    const given: ((...values: unknown[]) => unknown)[] = [];
    const open: Record<number, PromiseWithResolvers<unknown>> = {};
    let reply: Reply = {};
    const detailOf = <T>(event: Event): T => apply(readDetail, event, []);
    port.addEventListener('reply', (event) => (reply = detailOf<Reply>(event)));
    port.addEventListener('run', (event) => {
      const { fn, values } = detailOf<{ fn: number; values: unknown[] }>(event);
      const listener = given[fn];
      if (listener) apply(listener, undefined, values);
    });
    port.addEventListener('settled', (event) => {
      const { id, value, message } = detailOf<{ id: number; value?: unknown; message?: string }>(event);
      const asked = open[id];
      deleteProperty(open, id);
      if (message === undefined) asked?.resolve(value);
      else asked?.reject(new Error(message));
    });
    const call = (fn: number, values: unknown[]): unknown => {
      const args: Crossing[] = [];
      for (let at = 0; at < values.length; at += 1) {
        const each = values[at];
        if (typeof each === 'function') {
          given[given.length] = each as () => unknown;
          args[at] = { fn: given.length - 1 };
        } else {
          args[at] = { value: clone(each) };
        }
      }
      apply(dispatch, port, [new Told('call', { detail: { fn, args } })]);
      const { promise, fn: returned, message, value } = reply;
      if (message !== undefined) throw new Error(message);
      if (returned !== undefined) return (...more: unknown[]) => call(returned, more);
      if (promise === undefined) return value;
      const asked = newPromise<unknown>();
      open[promise] = asked;
      return asked.promise;
    };
    const exposed: Record<string, unknown> = {};
    for (const name of Object.keys(numbers)) {
      exposed[name] = freeze((...values: unknown[]) => call(numbers[name] ?? 0, values));
    }
    defineProperty(globalThis, key, { value: freeze(exposed), enumerable: true });
  };
  globalThis.addEventListener(names.handover, take);
}

/** @param preload the built preload script @returns the script for its world */
export function preloadScript(preload: string, isolated: boolean): string {
  // As text within the script, because the page's policy forbids making code from strings.
  const run = `function (require, module, exports) {${preload}\n}`;
  const codec = `(${createWireCodec.toString()})()`;
  return `(${inPreloadWorld.toString()})(${JSON.stringify(worldNames)}, ${codec}, ${isolated}, ${run});`;
}

/** The script for the page's own world, which has to come first. */
export function pageScript(): string {
  return `(${inPageWorld.toString()})(${JSON.stringify(worldNames)});`;
}
