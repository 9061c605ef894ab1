import { createHash } from 'node:crypto';
import { ByteReader } from './byte-reader.ts';
import type { BitcoinTransaction } from './node.ts';

/** The previous output a coinbase names, which is none. */
const COINBASE = '0'.repeat(64);

/** @throws RangeError for what is no serialised transaction. Source: BIP-144. */
export function readTransaction(reader: ByteReader): BitcoinTransaction {
  const start = reader.at;
  const version = reader.take(4);
  const isSegwit = reader.peek() === 0;
  if (isSegwit) reader.take(2);
  const bodyStart = reader.at;
  const inputs = repeated(reader.size(), () => {
    const outpoint = { txid: reader.hash(), vout: reader.uint32() };
    reader.chunk();
    reader.take(4);
    return outpoint;
  });
  const outputs = repeated(reader.size(), () => {
    const value = reader.uint64();
    return { value, script: reader.chunk().toString('hex') };
  });
  const bodyEnd = reader.at;
  if (isSegwit) for (const _ of inputs) repeated(reader.size(), () => reader.chunk());
  const lockTime = reader.take(4);
  // The identity leaves out the witnesses, so that a third party's change of a signature does not change it.
  const identity = isSegwit
    ? [version, reader.between(bodyStart, bodyEnd), lockTime]
    : [reader.between(start, reader.at)];
  return {
    txid: hashText(sha256Twice(Buffer.concat(identity))),
    inputs: inputs.filter(({ txid }) => txid !== COINBASE).map(({ txid, vout }) => `${txid}:${vout}`),
    outputs,
  };
}

/** @param hex one whole serialised transaction */
export function readTransactionHex(hex: string): BitcoinTransaction {
  return readTransaction(new ByteReader(Buffer.from(hex, 'hex')));
}

export function sha256Twice(bytes: Buffer): Buffer {
  return createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest();
}

/** A hash as people write it: the other way round. */
export function hashText(hash: Buffer): string {
  return Buffer.from(hash).reverse().toString('hex');
}

/** Grows as it reads, because the count is a stranger's word. */
function repeated<T>(count: number, read: () => T): T[] {
  const items: T[] = [];
  for (let n = 0; n < count; n += 1) items.push(read());
  return items;
}
