import { useEffect, useState } from 'react';
import type { ReplayRange } from '../../../contract/history.ts';
import { useApp } from '../../store/app-context.tsx';
import { readPicture } from './past-picture.ts';
import type { PastPicture } from './past-picture.ts';

/** A slider that is dragged asks once it rests for this long; milliseconds. */
const REST_MS = 120;

export type Read<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'read'; readonly value: T };

const loading: Read<never> = { kind: 'loading' };

function failure(error: unknown): Read<never> {
  return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
}

/** How far back the store can be shown. */
export function useReplayRange(store: string): Read<ReplayRange> {
  const { link } = useApp();
  const [read, setRead] = useState<Read<ReplayRange>>(loading);
  useEffect(() => {
    let mine = true;
    setRead(loading);
    link.bridge.readReplayRange({ store }).then(
      (value) => {
        if (mine) setRead({ kind: 'read', value });
      },
      (error: unknown) => {
        if (mine) setRead(failure(error));
      },
    );
    return () => {
      mine = false;
    };
  }, [link, store]);
  return read;
}

export interface PictureRead {
  /** The newest picture that was read of this store; the one before stays until it comes. */
  readonly picture: PastPicture | null;
  /** Why the chosen moment could not be read. */
  readonly fault: string | null;
  /** True while the chosen moment is being read. */
  readonly busy: boolean;
}

/** @param at the moment, gateway time; null reads nothing */
export function usePastPicture(store: string, at: number | null): PictureRead {
  const { link } = useApp();
  const [read, setRead] = useState<PictureRead>({ picture: null, fault: null, busy: false });
  useEffect(() => {
    if (at === null) return undefined;
    let mine = true;
    setRead((before) => ({ ...before, busy: true }));
    const timer = setTimeout(() => {
      readPicture(
        (input) => link.bridge.readReplay(input),
        store,
        at,
        () => mine,
      ).then(
        (picture) => {
          if (mine) setRead({ picture, fault: null, busy: false });
        },
        (error: unknown) => {
          const fault = error instanceof Error ? error.message : String(error);
          if (mine) setRead((before) => ({ ...before, fault, busy: false }));
        },
      );
    }, REST_MS);
    return () => {
      mine = false;
      clearTimeout(timer);
    };
  }, [link, store, at]);
  return { ...read, picture: read.picture?.store === store ? read.picture : null };
}
