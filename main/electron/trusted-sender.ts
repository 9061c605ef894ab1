import { isOwnAddress } from './app-address.ts';

/** The parts of a frame that say who it is. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
  readonly frameTreeNodeId: number;
}

export type SenderFault = 'no-frame' | 'foreign-window' | 'subframe' | 'foreign-origin';

/**
 * Why a message's sender may not be answered; null when it may. A frame is null when it has navigated or gone since.
 * @param mainFrame the main frame of the window that the message came from, null when that window is none of ours
 */
export function senderFault(frame: SenderFrame | null, mainFrame: SenderFrame | null): SenderFault | null {
  if (!frame) return 'no-frame';
  if (!mainFrame) return 'foreign-window';
  if (frame.parent !== null || frame.frameTreeNodeId !== mainFrame.frameTreeNodeId) return 'subframe';
  return isOwnAddress(frame.url) ? null : 'foreign-origin';
}
