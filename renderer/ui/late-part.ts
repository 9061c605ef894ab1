/** A part of the page that its first picture does without, in a file of its own: fetched ahead, or once it is wanted. */
import type { ComponentType } from 'react';

export type LateState<P> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'loaded'; readonly Part: ComponentType<P> }
  /** It stays so until the page is loaded anew: a browser may keep what it failed to fetch. */
  | { readonly kind: 'failed' };

export interface LatePart<P> {
  readonly read: () => LateState<P>;
  readonly subscribe: (listener: () => void) => () => void;
  /** Fetches it, once however often it is asked for. Resolves when it is there or has failed, and never rejects. */
  readonly load: () => Promise<void>;
}

/** @param bring imports the part's file */
export function latePart<P>(bring: () => Promise<ComponentType<P>>): LatePart<P> {
  const listeners = new Set<() => void>();
  let state: LateState<P> = { kind: 'absent' };
  let loading: Promise<void> | null = null;
  const become = (next: LateState<P>): void => {
    state = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    read: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    load: () =>
      (loading ??= bring().then(
        (Part) => become({ kind: 'loaded', Part }),
        () => become({ kind: 'failed' }),
      )),
  };
}
