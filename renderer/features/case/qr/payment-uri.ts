/**
 * What a wallet reads from a QR code: EIP-681 on EVM chains, BIP-21 on Bitcoin. Only what the order's chain facts say;
 * nothing is guessed. Pure.
 */
import { formatUnits } from '../../../../contract/money.ts';
import type { PayOption } from '../../../../contract/order.ts';

const evmChain = /^eip155:(\d{1,18})$/;
const evmAddress = /^0x[0-9a-fA-F]{40}$/;
const bitcoinAddress = /^(?:(?:bc1|tb1|bcrt1)[02-9ac-hj-np-z]{11,87}|[13mn2][1-9A-HJ-NP-Za-km-z]{25,38})$/;
/** Decimals of a bitcoin's amount. */
const BITCOIN_DECIMALS = 8;

/**
 * @param amount base units, more than 0
 * @returns null where chain, asset or address are not such that a wallet could be told
 */
export function paymentUri({ chain, asset, address }: PayOption, amount: bigint): string | null {
  if (chain === null || address === null || amount <= 0n) return null;
  const evm = evmChain.exec(chain)?.[1];
  if (evm !== undefined) return evmAddress.test(address) ? ethereumUri(evm, asset, address, amount) : null;
  if (!chain.startsWith('bip122:') || asset !== 'native' || !bitcoinAddress.test(address)) return null;
  return `bitcoin:${address}?amount=${formatUnits(amount, BITCOIN_DECIMALS)}`;
}

function ethereumUri(chain: string, asset: string, address: string, amount: bigint): string | null {
  if (asset === 'native') return `ethereum:${address}@${chain}?value=${amount}`;
  const token = asset.startsWith('erc20:') ? asset.slice('erc20:'.length) : '';
  if (!evmAddress.test(token)) return null;
  return `ethereum:${token}@${chain}/transfer?address=${address}&uint256=${amount}`;
}
