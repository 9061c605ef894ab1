/** ERC-20 as far as payments need it. Source: EIP-20. */
import { decodeFunctionData, erc20Abi } from 'viem';
import type { Hex } from 'viem';
import type { EvmLog, EvmTransaction } from './node.ts';

/** keccak256 of `Transfer(address,address,uint256)`. */
export const TRANSFER_TOPIC = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';

/** Addresses in lower case, amount in base units. */
export interface TokenTransfer {
  readonly from: string;
  readonly to: string;
  readonly amount: bigint;
}

/** An address as an indexed topic: left-padded to 32 bytes. */
export function addressTopic(address: string): string {
  return `0x${address.slice(2).toLowerCase().padStart(64, '0')}`;
}

/** What a Transfer log says; null for other logs, and for ERC-721, whose Transfer has a fourth topic. */
export function transferOfLog(log: EvmLog): TokenTransfer | null {
  const [topic, from, to] = log.topics;
  if (log.topics.length !== 3 || topic?.toLowerCase() !== TRANSFER_TOPIC || !from || !to) return null;
  if (!/^0x[0-9a-f]{64}$/i.test(log.data)) return null;
  return { from: addressOfTopic(from), to: addressOfTopic(to), amount: BigInt(log.data) };
}

/** What a call of `transfer` or `transferFrom` intends; null for every other call. Whether it succeeds, the log says. */
export function transferOfCall(transaction: EvmTransaction): TokenTransfer | null {
  if (!/^0x(a9059cbb|23b872dd)/i.test(transaction.input)) return null;
  try {
    const call = decodeFunctionData({ abi: erc20Abi, data: transaction.input as Hex });
    if (call.functionName === 'transfer') {
      return { from: transaction.from, to: call.args[0].toLowerCase(), amount: call.args[1] };
    }
    if (call.functionName !== 'transferFrom') return null;
    const [from, to, amount] = call.args;
    return { from: from.toLowerCase(), to: to.toLowerCase(), amount };
  } catch {
    return null;
  }
}

function addressOfTopic(topic: string): string {
  return `0x${topic.slice(-40).toLowerCase()}`;
}
