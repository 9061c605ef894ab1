/** Whether what is shown may be believed as current, and if not, in which way [FR2]. */
import type { DeskState } from '../../contract/ipc.ts';
import type { LinkState } from '../bridge/desk-link.ts';

export type Standing =
  /** Nothing is known yet: the first picture has not come. */
  | { readonly kind: 'opening' }
  | { readonly kind: 'current'; readonly slower: boolean }
  /** The local host that holds the desk is gone; device time is all there is. */
  | { readonly kind: 'host-gone'; readonly asOf: number | null; readonly since: number }
  | { readonly kind: 'not-current'; readonly desk: DeskState; readonly asOf: number | null };

interface Known {
  readonly link: LinkState;
  readonly desk: DeskState | null;
  readonly complete: boolean;
}

/** What was shown was current up to now, as far as the gateway had been heard. */
function asOfLoss(desk: DeskState): number | null {
  if (!desk.current) return desk.asOf;
  const heard = desk.stores.map(({ asOf }) => asOf).filter((at) => at !== null);
  return heard.length > 0 ? Math.min(...heard) : desk.clock.gatewayNow;
}

export function standingOf({ link, desk, complete }: Known): Standing {
  if (desk === null) return { kind: 'opening' };
  if (link.state !== 'open')
    return { kind: 'host-gone', asOf: asOfLoss(desk), since: link.state === 'lost' ? link.since : desk.since };
  if (!desk.current) return { kind: 'not-current', desk, asOf: desk.asOf };
  // A picture that is still coming is not yet what the gateway holds.
  if (!complete) return { kind: 'not-current', desk, asOf: asOfLoss(desk) };
  return { kind: 'current', slower: desk.connection.state === 'fallback' };
}

/** The time for "as of hh:mm:ss", or null while what is shown is current. `0` when it never was. */
export function asOfStanding(standing: Standing): number | null {
  switch (standing.kind) {
    case 'current':
    case 'opening':
      return null;
    case 'host-gone':
    case 'not-current':
      return standing.asOf ?? 0;
    default:
      return standing satisfies never;
  }
}
