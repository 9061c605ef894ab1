import { encodeFunctionData, erc20Abi } from 'viem';
import type {
  EvmBlock,
  EvmHeader,
  EvmLog,
  EvmNode,
  EvmReceipt,
  EvmTransaction,
} from '../../../gateway/chains/evm/node.ts';
import type { NodeListener } from '../../../gateway/chains/follow/chain-node.ts';
import { NodeFailure } from '../../../gateway/chains/follow/node-failure.ts';
import { PAYEE, STRANGER, TOKEN, hashOf, transferLog } from '../anvil/pretend-node.ts';
import type { Shown, World, WorldBlock, WorldTransaction } from './world.ts';

const FEES = { baseFee: 10n ** 9n, gasUsed: 15_000_000n, gasLimit: 30_000_000n };

/** One node of the world, as an EVM node. */
export class EvmWindow implements EvmNode {
  readonly host: string;
  readonly #world: World;
  readonly #index: number;
  #listener: NodeListener<EvmTransaction> | undefined;

  constructor(world: World, index: number) {
    this.#world = world;
    this.#index = index;
    this.host = `node${index}`;
  }

  async chainId(): Promise<number> {
    return this.#shown && 31337;
  }

  async head(): Promise<EvmHeader> {
    return blockOf(this.#shown.blocks.at(-1));
  }

  async header(number: number): Promise<EvmHeader | null> {
    return this.block(number);
  }

  async block(number: number): Promise<EvmBlock | null> {
    const block = this.#shown.blocks[number];
    return block ? blockOf(block) : null;
  }

  async transfersIn(blockHash: string): Promise<readonly EvmLog[]> {
    const block = this.#shown.blocks.find(({ id }) => hashOf('block', id) === blockHash);
    if (!block) throw new NodeFailure('does not know that block', true);
    return this.#world.areLogsLate ? [] : logsOf(block);
  }

  async transfersBetween({ from, to }: { readonly from: number; readonly to: number }): Promise<readonly EvmLog[]> {
    return this.#shown.blocks.slice(from, to + 1).flatMap(logsOf);
  }

  async transaction(hash: string): Promise<EvmTransaction | null> {
    const { blocks, pool } = this.#shown;
    const mined = blocks.flatMap((block) => blockOf(block).transactions).find((each) => each.hash === hash);
    const pooled = [...pool.values()].find(({ id }) => hashOf('tx', id) === hash);
    return mined ?? (pooled ? transactionOf(pooled) : null);
  }

  async receipt(hash: string): Promise<EvmReceipt | null> {
    for (const block of this.#shown.blocks) {
      const found = block.transactions.find(({ id }) => hashOf('tx', id) === hash);
      if (!found) continue;
      const logs = logsOf(block).filter(({ transactionHash }) => transactionHash === hash);
      return { transactionHash: hash, succeeded: found.payload !== 'fails', block: refOf(block), logs };
    }
    return null;
  }

  /** What waits in its pool. */
  pooled(): readonly EvmTransaction[] {
    return [...this.#shown.pool.values()].map(transactionOf);
  }

  async tagged(): Promise<EvmHeader | null> {
    return null;
  }

  async nonce(address: string, at: 'latest' | 'pending' | number): Promise<number> {
    const { blocks, pool } = this.#shown;
    const mined = blocks.slice(0, typeof at === 'number' ? at + 1 : undefined).flatMap((each) => each.transactions);
    const counted = at === 'pending' ? [...mined, ...pool.values()] : mined;
    return counted.some(({ slot }) => signerOf(slot) === address) ? 1 : 0;
  }

  async nextBaseFee(): Promise<bigint | null> {
    return this.#shown && FEES.baseFee;
  }

  async hasCode(): Promise<boolean | null> {
    return null;
  }

  async symbol(): Promise<string | null> {
    return null;
  }

  async listen(listener: NodeListener<EvmTransaction>): Promise<void> {
    this.#listener = listener;
  }

  async poll(): Promise<void> {
    for (const each of this.pooled()) this.#listener?.onPending(each);
  }

  async close(): Promise<void> {
    this.#listener = undefined;
  }

  get #shown(): Shown {
    const shown = this.#world.nodes[this.#index];
    if (!shown) throw new NodeFailure('cannot be reached');
    return shown;
  }
}

function signerOf(slot: number): string {
  return `0x${slot.toString(16).padStart(40, '7')}`;
}

function refOf({ id, number }: WorldBlock): { number: number; hash: string } {
  return { number, hash: hashOf('block', id) };
}

function blockOf(block: WorldBlock | undefined): EvmBlock {
  if (!block) throw new Error('there is no block');
  const ref = refOf(block);
  const transactions = block.transactions.map((each) => ({ ...transactionOf(each), block: ref }));
  return { ...ref, ...FEES, parentHash: hashOf('block', block.parent), at: block.at, transactions };
}

/** A token is paid by a call of it or, where it moves twice, by a contract that nobody here knows. */
function transactionOf({ amount, id, payload, slot }: WorldTransaction): EvmTransaction {
  const common = { hash: hashOf('tx', id), from: signerOf(slot), nonce: 0, bid: 10n ** 10n, block: null };
  const call = { value: 0n, input: '0x' };
  switch (payload) {
    case 'coins':
    case 'fails':
      return { ...common, ...call, to: PAYEE, value: amount };
    case 'token': {
      const args = [PAYEE as `0x${string}`, amount] as const;
      return {
        ...common,
        ...call,
        to: TOKEN,
        input: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args }),
      };
    }
    case 'twice':
    case 'nothing':
      return { ...common, ...call, to: STRANGER };
    default:
      return payload satisfies never;
  }
}

function logsOf(block: WorldBlock): EvmLog[] {
  const transfers = block.transactions.flatMap(({ amount, id, payload, slot }) => {
    const times = payload === 'token' ? 1 : payload === 'twice' ? 2 : 0;
    return Array.from({ length: times }, (_, n) => ({
      hash: hashOf('tx', id),
      from: signerOf(slot),
      value: amount + BigInt(n),
    }));
  });
  return transfers.map(({ hash, from, value }, index) =>
    transferLog(hash, { from, value, index, block: refOf(block) }),
  );
}
