import type { BrowserWindow, Dialog } from 'electron';
import { shellWords } from './shell-words.ts';

/** What the shell asks and tells people outside the page. */
export interface ShellDialogs {
  /** A window fell too often. @returns true to try once more */
  askAgain(window: BrowserWindow): Promise<boolean>;
  /** A pairing link was opened on a desk that is paired. @param host the gateway's */
  tellPaired(window: BrowserWindow, host: string): Promise<void>;
  /** The profile is open in the browser host. */
  tellTaken(): Promise<void>;
}

export function createShellDialogs(dialog: Pick<Dialog, 'showMessageBox'>): ShellDialogs {
  return {
    async askAgain(window) {
      const { message, detail, again, close } = shellWords.fallen;
      const buttons = [again, close];
      const answer = await dialog.showMessageBox(window, {
        ...{ type: 'error', message, detail, buttons, defaultId: 0, cancelId: 1 },
      });
      return answer.response === 0;
    },
    async tellPaired(window, host) {
      const { message, detail, ok } = shellWords.pairedAlready;
      await dialog.showMessageBox(window, { type: 'info', message: message(host), detail, buttons: [ok] });
    },
    async tellTaken() {
      const { message, detail, ok } = shellWords.taken;
      await dialog.showMessageBox({ type: 'info', message, detail, buttons: [ok] });
    },
  };
}
