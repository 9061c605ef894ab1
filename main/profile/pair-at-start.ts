import { startDemo } from '../ipc/host-requests.ts';
import type { HostRequestOptions } from '../ipc/host-requests.ts';
import { pairingNeed } from './first-pairing.ts';
import { plainLine } from './plain-line.ts';

/** What whoever started the host asked for. */
export interface StartPairing {
  /** How the gateway shall call this desk. */
  readonly name: string;
  /** The gateway to pair with when the profile is not paired yet; without a code, whoever started it is told so. */
  readonly pairing: { readonly gateway: string; readonly code: string | null } | null;
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
  const { pairing } = args;
  if (!pairing && !demo) return;
  const need = pairingNeed(watch.state(), pairing?.gateway ?? null, args.demoReplaces);
  if (need === 'none') return;
  if (need === 'paired-elsewhere') {
    const paired = watch.state()?.gateway?.url ?? 'another gateway';
    say(`This profile stays paired with ${paired}. Add another gateway on the page, under Settings → Gateways.`);
    return;
  }
  if (pairing?.code === null) {
    say(
      `This profile is not paired with ${pairing.gateway} yet: enter a pairing code on the page, or give --pair CODE.`,
    );
    return;
  }
  try {
    if (need === 'replace') await desk.handle('pairing.forget', {});
    if (pairing) await desk.handle('pairing.pair', { gateway: pairing.gateway, code: pairing.code, name: args.name });
    else await startDemo(requests);
  } catch (error) {
    say(`Pairing failed: ${plainLine(error instanceof Error ? error.message : String(error))}`);
  }
}
