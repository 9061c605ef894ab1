import { readAddress } from './bitcoin/address.ts';
import { bitcoinNetwork } from './bitcoin/network.ts';
import { evmAddressFault } from './evm/address.ts';

/**
 * What is wrong with an address, for people; null where nothing is, or where nobody here knows the chain.
 * @param chain CAIP-2 id
 */
export function addressFault(chain: string, address: string): string | null {
  if (chain.startsWith('eip155:')) return evmAddressFault(address, chain);
  const network = bitcoinNetwork(chain);
  const read = network && readAddress(address, network);
  return read && 'fault' in read ? read.fault : null;
}
