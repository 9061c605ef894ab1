import type { NextStep } from './classify.ts';
import type { AttemptId } from './link.ts';

/** What an attempt reports; `answered`: plain HTTP works, whatever comes of the socket [CN9]. */
export type Report =
  | { readonly type: 'answered' | 'connected' | 'caught-up'; readonly attempt: AttemptId }
  | { readonly type: 'behind'; readonly attempt: AttemptId; readonly behind: number | null }
  | { readonly type: 'failed'; readonly attempt: AttemptId; readonly next: NextStep };

export type LinkEvent =
  | { readonly type: 'paired' | 'unpaired' | 'close' | 'retry' | 'suspend' | 'resume' | 'offline' | 'online' | 'due' }
  | { readonly type: 'clock-jump' | 'route-changed' }
  | Report;
