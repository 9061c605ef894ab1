import type { Session, WebContents } from 'electron';
import { isOwnAddress } from './app-address.ts';
import { externalLink } from './external-links.ts';
import { isDownloadOfPage } from './page-download.ts';

export interface GuardPorts {
  /** Opens an allowed address in the system's browser. */
  readonly openOutside: (address: string) => Promise<void>;
  readonly log: (message: string, fields: object) => void;
}

/** Only the origin: the rest of an address may hold what does not belong in a log. */
function originOf(address: string): string {
  const url = URL.parse(address);
  return url ? `${url.protocol}//${url.host}` : 'unreadable';
}

/**
 * Guards any web contents, ours or not foreseen: it stays where it is, opens nothing, embeds nothing. A click on a link
 * to an explorer opens it outside.
 */
export function guardContents(contents: WebContents, { openOutside, log }: GuardPorts): void {
  const stay = (event: { preventDefault(): void; readonly url: string }) => {
    if (isOwnAddress(event.url)) return;
    event.preventDefault();
    log('navigation refused', { to: originOf(event.url) });
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', (event) => {
    // The page has no frames: whatever navigates one was put there by someone else.
    if (event.isMainFrame && isOwnAddress(event.url)) return;
    event.preventDefault();
    log('frame navigation refused', { to: originOf(event.url) });
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const link = externalLink(url);
    if (link) void openOutside(link).catch(() => log('link not opened', { to: originOf(link) }));
    else log('window refused', { to: originOf(url) });
    return { action: 'deny' };
  });
}

/**
 * Denies a session what no page of ours asks for: devices, captures, downloads but its own, and every permission but to
 * write text into the clipboard, which Chromium takes from a click only.
 */
export function guardSession(session: Session, log: GuardPorts['log']): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { isMainFrame, requestingUrl }) => {
    const granted = isCopying(permission, isMainFrame, requestingUrl);
    if (!granted) log('permission refused', { permission });
    answer(granted);
  });
  session.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) =>
    isCopying(permission, isMainFrame, origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.on('will-download', (event, item) => {
    if (isDownloadOfPage(item.getURLChain())) return;
    event.preventDefault();
    log('download refused', { from: originOf(item.getURL()) });
  });
}

/** Whether our own page asks to copy something: `navigator.clipboard.writeText` is refused without this permission. */
function isCopying(permission: string, isMainFrame: boolean, from: string): boolean {
  return permission === 'clipboard-sanitized-write' && isMainFrame && isOwnAddress(from);
}
