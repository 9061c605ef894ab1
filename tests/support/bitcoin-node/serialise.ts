/** Bitcoin's serialisation, the other way round than the gateway reads it. */
import { sha256Twice, hashText } from '../../../gateway/chains/bitcoin/raw-transaction.ts';
import { merkleRoot } from '../../../gateway/chains/bitcoin/raw-block.ts';
import type { BitcoinOutput } from '../../../gateway/chains/bitcoin/node.ts';

export interface TransactionParts {
  /** `txid:vout` each; none makes a coinbase. */
  readonly inputs: readonly string[];
  readonly outputs: readonly BitcoinOutput[];
  /** With witnesses, as most are. */
  readonly segwit?: boolean;
  /** Makes transactions of the same inputs and outputs differ. */
  readonly lockTime?: number;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

function size(count: number): Buffer {
  if (count < 0xfd) return Buffer.from([count]);
  const bytes = Buffer.alloc(3, 0xfd);
  bytes.writeUInt16LE(count, 1);
  return bytes;
}

function reversed(hash: string): Buffer {
  return Buffer.from(hash, 'hex').reverse();
}

/** @returns the whole as hex */
export function serialisedTransaction({ inputs, outputs, segwit = true, lockTime = 0 }: TransactionParts): string {
  const spent = inputs.length > 0 ? inputs : [`${'0'.repeat(64)}:4294967295`];
  const body = [
    size(spent.length),
    ...spent.map((input) => {
      const [txid = '', vout = '0'] = input.split(':');
      return Buffer.concat([
        reversed(txid),
        uint32(Number(vout)),
        size(2),
        Buffer.from('5151', 'hex'),
        uint32(0xfffffffd),
      ]);
    }),
    size(outputs.length),
    ...outputs.map(({ script, value }) => {
      const amount = Buffer.alloc(8);
      amount.writeBigUInt64LE(value);
      return Buffer.concat([amount, size(script.length / 2), Buffer.from(script, 'hex')]);
    }),
  ];
  const witness = spent.map(() => Buffer.concat([size(2), size(3), Buffer.from('aabbcc', 'hex'), size(0)]));
  const marked = segwit ? [uint32(2), Buffer.from([0, 1]), ...body, ...witness] : [uint32(2), ...body];
  return Buffer.concat([...marked, uint32(lockTime)]).toString('hex');
}

export interface BlockParts {
  readonly parentHash: string;
  /** Seconds. */
  readonly time: number;
  /** Makes blocks of the same transactions differ. */
  readonly nonce: number;
  readonly transactions: readonly { readonly txid: string; readonly raw: string }[];
}

/** @returns the block as hex, and its hash; without the work that a real one shows */
export function serialisedBlock({ nonce, parentHash, time, transactions }: BlockParts): { raw: string; hash: string } {
  const root = reversed(merkleRoot(transactions.map(({ txid }) => txid)));
  const header = Buffer.concat([
    uint32(4),
    reversed(parentHash),
    root,
    uint32(time),
    uint32(0x207fffff),
    uint32(nonce),
  ]);
  const body = transactions.map(({ raw }) => Buffer.from(raw, 'hex'));
  const raw = Buffer.concat([header, size(transactions.length), ...body]).toString('hex');
  return { raw, hash: hashText(sha256Twice(header)) };
}
