import { checksumAddress, isAddress } from 'viem';

/**
 * What is wrong with an EVM address, for people; null where nothing is. Letters in both cases carry a checksum, and a
 * wrong one is a mistyped address; letters in one case carry none. Sources: EIP-55; EIP-1191, by which a few chains count
 * their own number in.
 * @param chain CAIP-2 id
 */
export function evmAddressFault(address: string, chain: string): string | null {
  if (!/^0x[0-9a-f]{40}$/i.test(address)) return 'must be 0x and 40 hex digits';
  const digits = address.slice(2);
  if (digits === digits.toLowerCase() || digits === digits.toUpperCase()) return null;
  if (isAddress(address, { strict: true })) return null;
  const chainId = Number(chain.split(':')[1]);
  if (Number.isSafeInteger(chainId) && checksumAddress(address as `0x${string}`, chainId) === address) return null;
  return 'has a wrong checksum in the case of its letters: a character is mistyped (EIP-55)';
}
