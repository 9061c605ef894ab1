import { gatewayAddress } from '../connection/gateway-address.ts';
import { DeskError } from '../desk.ts';

export interface PairingPreview {
  /** The gateway's URL. */
  readonly gateway: string;
  /** Host and port, which a person confirms before anything is done [AU1]. */
  readonly host: string;
  readonly code: string;
}

/**
 * Reads `tillwatch://pair?gateway=URL&code=CODE`, or an address and a code with white space between.
 * @throws DeskError `bad-link` when it is neither, or as gatewayAddress does
 */
export function readPairingLink(text: string): PairingPreview {
  const { gateway, code } = /^tillwatch:/i.test(text.trim()) ? fromLink(text.trim()) : fromWords(text.trim());
  if (!/^[A-Za-z0-9-]{1,64}$/.test(code)) {
    throw new DeskError('bad-link', 'The pairing code has letters, digits and dashes only. Copy it again.');
  }
  const address = gatewayAddress(gateway);
  return { gateway: address, host: new URL(address).host, code };
}

function fromLink(text: string): { gateway: string; code: string } {
  const link = URL.parse(text);
  const gateway = link?.searchParams.get('gateway');
  const code = link?.searchParams.get('code');
  if (link?.host !== 'pair' || !gateway || !code) {
    throw new DeskError('bad-link', 'This link does not pair. It looks like tillwatch://pair?gateway=…&code=….');
  }
  return { gateway, code };
}

function fromWords(text: string): { gateway: string; code: string } {
  const words = text.split(/\s+/);
  const [gateway, code] = words;
  if (words.length !== 2 || !gateway || !code) {
    throw new DeskError(
      'bad-link',
      'Paste a pairing link, or the gateway’s address and the code with a space between.',
    );
  }
  return { gateway, code };
}
