import type { BrowserWindow, Dialog } from 'electron';
import type { ShellWords } from './english-shell-words.ts';

/** What the shell asks and tells people outside the page. */
export interface ShellDialogs {
  /** A window fell too often. @returns true to try once more */
  askAgain(window: BrowserWindow): Promise<boolean>;
  /** A pairing link was opened on a desk that is paired. @param host the gateway's */
  tellPaired(window: BrowserWindow, host: string): Promise<void>;
  /** The profile is open in the browser host. */
  tellTaken(): Promise<void>;
  /** An address was taken from the clipboard. @returns true to go through this proxy from now on */
  askProxy(window: BrowserWindow, url: string): Promise<boolean>;
  /** @param reason what was wrong, and what to do */
  tellProxyRefused(window: BrowserWindow, reason: string): Promise<void>;
}

/** @param words in the language of the moment */
export function createShellDialogs(dialog: Pick<Dialog, 'showMessageBox'>, words: () => ShellWords): ShellDialogs {
  return {
    async askAgain(window) {
      const { message, detail, again, close } = words().fallen;
      const buttons = [again, close];
      // A page that fell before it was ever painted has a window that nobody sees.
      window.show();
      const answer = await dialog.showMessageBox(window, {
        ...{ type: 'error', message, detail, buttons, defaultId: 0, cancelId: 1 },
      });
      return answer.response === 0;
    },
    async tellPaired(window, host) {
      const { message, detail, ok } = words().pairedAlready;
      await dialog.showMessageBox(window, { type: 'info', message: message(host), detail, buttons: [ok] });
    },
    async askProxy(window, url) {
      const { message, detail, use, cancel } = words().proxy;
      const answer = await dialog.showMessageBox(window, {
        ...{ type: 'question', message: message(url), detail, buttons: [use, cancel], defaultId: 1, cancelId: 1 },
      });
      return answer.response === 0;
    },
    async tellProxyRefused(window, reason) {
      const { refused, ok } = words().proxy;
      await dialog.showMessageBox(window, { type: 'warning', message: refused, detail: reason, buttons: [ok] });
    },
    async tellTaken() {
      const { message, detail, ok } = words().taken;
      await dialog.showMessageBox({ type: 'info', message, detail, buttons: [ok] });
    },
  };
}
