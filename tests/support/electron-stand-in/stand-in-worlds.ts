import type { CDPSession } from '@playwright/test';
import { pageScript, preloadScript, worldNames } from './world-scripts.ts';
import type { Asked, Told } from './world-scripts.ts';

/** A frame as Chromium tells of it. */
export interface WorldFrame {
  readonly id: string;
  readonly isMain: boolean;
}

interface Context {
  readonly frame: string;
  readonly isPreload: boolean;
}

/**
 * The two worlds of a page: its own, and that of the preload script with the way to main. Without isolation both are one,
 * as under Electron.
 */
export class StandInWorlds {
  readonly #devTools: CDPSession;
  readonly #isolated: boolean;
  readonly #contexts = new Map<number, Context>();
  #mainFrame = '';

  private constructor(devTools: CDPSession, isolated: boolean) {
    this.#devTools = devTools;
    this.#isolated = isolated;
  }

  /**
   * Has the preload script run in every document that the page will load.
   * @param onAsked told of what a frame's preload world sends to main; resolves to the answer
   */
  static async open(
    devTools: CDPSession,
    options: { readonly preload: string; readonly isolated: boolean },
    onAsked: (frame: WorldFrame, asked: Asked) => Promise<Told>,
  ): Promise<StandInWorlds> {
    const worlds = new StandInWorlds(devTools, options.isolated);
    worlds.#follow(onAsked);
    await devTools.send('Page.enable');
    const { frameTree } = await devTools.send('Page.getFrameTree');
    worlds.#mainFrame = frameTree.frame.id;
    await devTools.send('Runtime.enable');
    const { world, binding } = worldNames;
    const { preload, isolated } = options;
    await devTools.send('Runtime.addBinding', { name: binding, ...(isolated && { executionContextName: world }) });
    if (isolated) await devTools.send('Page.addScriptToEvaluateOnNewDocument', { source: pageScript() });
    await devTools.send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadScript(preload, isolated),
      ...(isolated && { worldName: world }),
    });
    return worlds;
  }

  #follow(onAsked: (frame: WorldFrame, asked: Asked) => Promise<Told>): void {
    const devTools = this.#devTools;
    devTools.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      const { frameId = '', isDefault = false } = (auxData ?? {}) as { frameId?: string; isDefault?: boolean };
      const isPreload = this.#isolated ? name === worldNames.world : isDefault;
      this.#contexts.set(id, { frame: frameId, isPreload });
    });
    devTools.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.#contexts.delete(executionContextId);
    });
    devTools.on('Runtime.executionContextsCleared', () => this.#contexts.clear());
    devTools.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      const context = this.#contexts.get(executionContextId);
      if (name !== worldNames.binding || !context?.isPreload) return;
      const frame = { id: context.frame, isMain: context.frame === this.#mainFrame };
      void onAsked(frame, JSON.parse(payload) as Asked).then((told) => this.#tell(executionContextId, told));
    });
  }

  /** Says something to the preload script of the page that is shown; where there is none, nobody hears it. */
  async tell(told: Told): Promise<void> {
    const context = this.#preloadContext(this.#mainFrame);
    if (context !== null) await this.#tell(context, told);
  }

  /** Evaluates in the preload script's world of the main frame, or of a frame of the page. */
  async evaluate(expression: string, frame = this.#mainFrame): Promise<unknown> {
    const contextId = this.#preloadContext(frame);
    if (contextId === null) throw new Error('no preload script has run there');
    const { result, exceptionDetails } = await this.#devTools.send('Runtime.evaluate', {
      ...{ expression, contextId, awaitPromise: true, returnByValue: true },
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  }

  /** The frames of the page that are not its main one, with their preload worlds. */
  subframes(): string[] {
    return [...this.#contexts.values()]
      .filter(({ frame, isPreload }) => isPreload && frame !== this.#mainFrame)
      .map(({ frame }) => frame);
  }

  #preloadContext(frame: string): number | null {
    const found = [...this.#contexts].findLast(([, context]) => context.isPreload && context.frame === frame);
    return found?.[0] ?? null;
  }

  async #tell(contextId: number, told: Told): Promise<void> {
    const expression = `${worldNames.deliver}(${JSON.stringify(JSON.stringify(told))})`;
    // A page that went away in between hears nothing, as under Electron.
    await this.#devTools.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined);
  }
}
