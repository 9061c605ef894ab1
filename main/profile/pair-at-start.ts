import { startDemo } from '../ipc/host-requests.ts';
import type { HostRequestOptions } from '../ipc/host-requests.ts';
import { pairingNeed } from './first-pairing.ts';

/** What whoever started the host asked for. */
export interface StartPairing {
  /** How the gateway shall call this desk. */
  readonly name: string;
  /** The gateway to pair with when the profile is not paired yet. */
  readonly pairing: { readonly gateway: string; readonly code: string } | null;
  /** A former address of the demo's gateway: a pairing with it may be replaced. */
  readonly demoReplaces: string | null;
}

/**
 * Pairs a desk as its start asked. A pairing that fails keeps nobody out: the page opens, says that it is not paired,
 * and how to pair.
 */
export async function pairAtStart(
  args: StartPairing,
  requests: HostRequestOptions,
  say: (line: string) => void,
): Promise<void> {
  const { desk, watch, demo } = requests;
  if (!args.pairing && !demo) return;
  const need = pairingNeed(watch.state(), args.pairing?.gateway ?? null, args.demoReplaces);
  if (need === 'none') return;
  if (need === 'paired-elsewhere') {
    say(`This profile stays paired with ${watch.state()?.gateway?.url ?? 'another gateway'}.`);
    return;
  }
  try {
    if (need === 'replace') await desk.handle('pairing.forget', {});
    if (args.pairing) await desk.handle('pairing.pair', { ...args.pairing, name: args.name });
    else await startDemo(requests);
  } catch (error) {
    say(`Pairing failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
