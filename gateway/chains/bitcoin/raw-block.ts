import { ByteReader } from './byte-reader.ts';
import type { BitcoinBlock } from './node.ts';
import { hashText, readTransaction, sha256Twice } from './raw-transaction.ts';

const HEADER_BYTES = 80;

/**
 * A serialised block, proven to be the one of the hash: its header gives the hash, and its transactions give the header's
 * merkle root, so that a node can neither leave one out nor make one up.
 * @param number its height, which the block itself does not say
 * @throws RangeError where it is not that block
 */
export function readBlock(bytes: Buffer, hash: string, number: number): BitcoinBlock {
  const reader = new ByteReader(bytes);
  const header = reader.take(HEADER_BYTES);
  if (hashText(sha256Twice(header)) !== hash) throw new RangeError('the block has another hash');
  const fields = new ByteReader(header);
  fields.take(4);
  const parentHash = fields.hash();
  const root = fields.hash();
  const at = fields.uint32() * 1000;
  const count = reader.size();
  const transactions = [];
  for (let n = 0; n < count; n += 1) transactions.push(readTransaction(reader));
  if (merkleRoot(transactions.map(({ txid }) => txid)) !== root)
    throw new RangeError('transactions are missing or made up');
  return { number, hash, parentHash, at, transactions };
}

/** Source: Bitcoin's developer reference; an odd one out is paired with itself. */
export function merkleRoot(txids: readonly string[]): string {
  let level: readonly Buffer[] = txids.map((txid) => Buffer.from(txid, 'hex').reverse());
  while (level.length > 1) level = paired(level);
  const [root] = level;
  return root ? hashText(root) : '';
}

function paired(level: readonly Buffer[]): Buffer[] {
  return Array.from({ length: Math.ceil(level.length / 2) }, (_, n) => {
    const pair = level.slice(2 * n, 2 * n + 2);
    return sha256Twice(Buffer.concat(pair.length === 2 ? pair : [...pair, ...pair]));
  });
}
