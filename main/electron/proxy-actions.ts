import type { BrowserWindow, Clipboard } from 'electron';
import type { ProxySettings } from '../../contract/proxy.ts';
import { proxyAddress } from '../profile/proxy-address.ts';
import type { ProxyPort } from '../profile/proxy-port.ts';
import type { ShellDialogs } from './shell-dialogs.ts';

export interface ProxyActionPorts {
  readonly proxy: Pick<ProxyPort, 'write'>;
  readonly clipboard: Pick<Clipboard, 'readText'>;
  readonly dialogs: Pick<ShellDialogs, 'askProxy' | 'tellProxyRefused'>;
  /** The window that is asked in. */
  readonly window: () => BrowserWindow;
  /** A change was refused: what shows the settings shows them as they were. */
  readonly onRefused: () => void;
}

/** What the menu does about proxies; a change that cannot be made is explained, and none happens unseen. */
export interface ProxyActions {
  set(settings: ProxySettings): Promise<void>;
  /** Takes the address in the clipboard, once a person has seen and confirmed it. */
  fromClipboard(): Promise<void>;
}

export function proxyActions({ proxy, clipboard, dialogs, window, onRefused }: ProxyActionPorts): ProxyActions {
  const explained = async (change: () => Promise<void>) => {
    try {
      await change();
    } catch (error) {
      onRefused();
      await dialogs.tellProxyRefused(window(), error instanceof Error ? error.message : String(error));
    }
  };
  return {
    set: (settings) => explained(() => proxy.write(settings)),
    fromClipboard: () =>
      explained(async () => {
        const url = proxyAddress(await clipboard.readText());
        if (await dialogs.askProxy(window(), url)) await proxy.write({ mode: 'manual', url });
        else onRefused();
      }),
  };
}
