/** What the application does about new versions of itself. Decisions only: who asks, downloads and installs is elsewhere. */
import type { CommandView } from '../../contract/ipc.ts';

/** What is known of how this copy was installed. */
export interface Installation {
  readonly packaged: boolean;
  readonly platform: NodeJS.Platform;
  /** The text of app-update.yml, which the packager writes; null where there is none. */
  readonly feed: string | null;
}

/**
 * - `installs`: downloads, and installs once a person agrees. The system checks who signed it: Windows by the publisher's
 *   name in the feed, macOS by the running application's own signature.
 * - `tells`: Linux packages carry no signature that the application could check, so it says that there is a new version
 *   and leaves the rest to a person.
 * - `off`: with the reason.
 */
export type UpdateMode =
  { readonly mode: 'installs' } | { readonly mode: 'tells' } | { readonly mode: 'off'; readonly why: string };

export function updateMode({ packaged, platform, feed }: Installation): UpdateMode {
  if (!packaged) return { mode: 'off', why: 'this copy is not installed' };
  if (feed === null || !/^provider: *\S/m.test(feed)) {
    return { mode: 'off', why: 'this build does not know where updates are' };
  }
  switch (platform) {
    case 'darwin':
      return { mode: 'installs' };
    case 'win32':
      if (/^publisherName:/m.test(feed)) return { mode: 'installs' };
      return { mode: 'off', why: 'this build is not signed, so no update could be told from a forgery' };
    case 'linux':
      return { mode: 'tells' };
    default:
      return { mode: 'off', why: `there are no updates for ${platform}` };
  }
}

interface Version {
  readonly numbers: readonly number[];
  /** Empty for a release. */
  readonly pre: readonly string[];
}

/** Semantic versioning 2.0.0, paragraphs 2, 9 and 10. */
function versionIn(text: string): Version | null {
  const found = /^v?(\d+)\.(\d+)\.(\d+)(?:-([\w.-]+))?(?:\+[\w.-]+)?$/.exec(text);
  if (!found) return null;
  return { numbers: found.slice(1, 4).map(Number), pre: found[4]?.split('.') ?? [] };
}

/** Which versions a person wants: releases alone, or previews of the next one too. */
export type ReleaseChannel = 'releases' | 'previews';

/** The word of a preview, such as `beta`; null for a release. */
function previewOf(version: string): string | null {
  return versionIn(version)?.pre[0] ?? null;
}

/** What a version follows until a person chooses: a preview its own kind, a release releases. */
export function usualChannel(running: string): ReleaseChannel {
  return previewOf(running) === null ? 'releases' : 'previews';
}

/** The name of the feed to ask: `latest` for releases; previews have one for each kind, and releases are in it too. */
export function feedOf(running: string, channel: ReleaseChannel): string {
  return channel === 'releases' ? 'latest' : (previewOf(running) ?? 'beta');
}

/** Paragraph 11: numbers by value and below words, a longer list above its beginning, a release above its previews. */
function comparePre(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (const [index, one] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (one === other) continue;
    const [isNumber, isOtherNumber] = [/^\d+$/.test(one), /^\d+$/.test(other)];
    if (isNumber && isOtherNumber) return Number(one) - Number(other);
    if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
    return one < other ? -1 : 1;
  }
  return a.length - b.length;
}

/**
 * Whether an offered version may take the place of the running one: only a newer one, never an older or the same; a
 * preview only where a person wants previews, and only of the kind that is followed.
 */
export function mayTake(running: string, offered: string, channel: ReleaseChannel): boolean {
  const [from, to] = [versionIn(running), versionIn(offered)];
  if (!from || !to) return false;
  if (to.pre.length > 0 && (channel === 'releases' || to.pre[0] !== feedOf(running, channel))) return false;
  const by = to.numbers.map((number, index) => number - (from.numbers[index] ?? 0)).find((step) => step !== 0);
  return (by ?? comparePre(to.pre, from.pre)) > 0;
}

/** Commands whose outcome is not known yet [CM3]: while there is one, nothing ends the application but a person. */
export function unsettledCommands(commands: readonly Pick<CommandView, 'state'>[] | undefined): number {
  return (commands ?? []).filter(({ state }) => state === 'pending' || state === 'unknown').length;
}

export interface Readiness {
  /** The downloaded version; null when there is none. */
  readonly ready: string | null;
  readonly unsettled: number;
}

/** What to do when a person wants to restart into a new version. */
export function restartAnswer({ ready, unsettled }: Readiness): 'restart' | 'settle-first' | 'nothing' {
  if (ready === null) return 'nothing';
  return unsettled > 0 ? 'settle-first' : 'restart';
}

/** Whether a person's own quit may install: where a command is unsettled, the same version has to come back to settle it. */
export function installsAtQuit({ ready, unsettled }: Readiness): boolean {
  return ready !== null && unsettled === 0;
}
