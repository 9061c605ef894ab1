import type { DeskState } from '../../contract/ipc.ts';

/** What a profile's pairing asks for, given which gateway it is wanted to be paired with. */
export type PairingNeed = 'none' | 'pair' | 'replace' | 'paired-elsewhere';

function sameOrigin(a: string, b: string): boolean {
  const [one, other] = [URL.parse(a), URL.parse(b)];
  return one !== null && other !== null && one.origin === other.origin;
}

/**
 * Decides whether to pair. A pairing a person made is never thrown away: only one with an address in `replaceable`
 * (where the wanted gateway lived before) gives way.
 * @param wanted address of the gateway, null when any pairing will do
 */
export function pairingNeed(
  state: Pick<DeskState, 'gateway' | 'connection'> | null,
  wanted: string | null,
  replaceable: string | null,
): PairingNeed {
  const gateway = state?.gateway ?? null;
  if (gateway === null) return 'pair';
  if (replaceable !== null && sameOrigin(gateway.url, replaceable)) return 'replace';
  return wanted === null || sameOrigin(gateway.url, wanted) ? 'none' : 'paired-elsewhere';
}
