/** Bitcoin's serialisation of transactions and blocks, without signatures and work. Sources: BIP-144; Bitcoin's developer reference. */
import { createHash } from 'node:crypto';

export interface SerialisedOutput {
  /** Hex. */
  readonly script: string;
  /** Satoshi. */
  readonly value: bigint;
}

export interface TransactionParts {
  /** `txid:vout` each; none makes a coinbase. */
  readonly inputs: readonly string[];
  readonly outputs: readonly SerialisedOutput[];
  /** With witnesses, as most are. */
  readonly segwit?: boolean;
  /** Makes transactions of the same inputs and outputs differ. */
  readonly lockTime?: number;
}

/** @returns the whole as hex, and the hash that leaves out the witnesses */
export function serialisedTransaction({ inputs, outputs, segwit = true, lockTime = 0 }: TransactionParts): {
  raw: string;
  txid: string;
} {
  const spent = inputs.length > 0 ? inputs : [`${'0'.repeat(64)}:4294967295`];
  const version = uint32(2);
  const body = [
    size(spent.length),
    ...spent.map(serialisedInput),
    size(outputs.length),
    ...outputs.map(serialisedOutput),
  ];
  const witness = spent.map(() => Buffer.concat([size(2), size(3), Buffer.from('aabbcc', 'hex'), size(0)]));
  const identity = Buffer.concat([version, ...body, uint32(lockTime)]);
  const marked = Buffer.concat([version, Buffer.from([0, 1]), ...body, ...witness, uint32(lockTime)]);
  return { raw: (segwit ? marked : identity).toString('hex'), txid: hashText(sha256Twice(identity)) };
}

export interface BlockParts {
  readonly parentHash: string;
  /** Unix seconds. */
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
  const raw = Buffer.concat([header, size(transactions.length), ...transactions.map((t) => Buffer.from(t.raw, 'hex'))]);
  return { raw: raw.toString('hex'), hash: hashText(sha256Twice(header)) };
}

function serialisedInput(input: string): Buffer {
  const [txid = '', vout = '0'] = input.split(':');
  const script = Buffer.from('5151', 'hex');
  return Buffer.concat([reversed(txid), uint32(Number(vout)), size(script.length), script, uint32(0xfffffffd)]);
}

function serialisedOutput({ script, value }: SerialisedOutput): Buffer {
  const amount = Buffer.alloc(8);
  amount.writeBigUInt64LE(value);
  return Buffer.concat([amount, size(script.length / 2), Buffer.from(script, 'hex')]);
}

/** An odd one out is paired with itself. */
function merkleRoot(txids: readonly string[]): string {
  let level = txids.map(reversed);
  while (level.length > 1) {
    const pairs = Array.from({ length: Math.ceil(level.length / 2) }, (_, n) => level.slice(2 * n, 2 * n + 2));
    level = pairs.map(([left = Buffer.alloc(0), right = left]) => sha256Twice(Buffer.concat([left, right])));
  }
  return hashText(level[0] ?? Buffer.alloc(32));
}

function sha256Twice(bytes: Buffer): Buffer {
  const once = createHash('sha256').update(bytes).digest();
  return createHash('sha256').update(once).digest();
}

/** Hashes are written the other way round than they are sent. */
function hashText(hash: Buffer): string {
  return Buffer.from(hash).reverse().toString('hex');
}

function reversed(hash: string): Buffer {
  return Buffer.from(hash, 'hex').reverse();
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

/** The length of what follows, as Bitcoin writes it. */
function size(count: number): Buffer {
  if (count < 0xfd) return Buffer.from([count]);
  const bytes = Buffer.alloc(3, 0xfd);
  bytes.writeUInt16LE(count, 1);
  return bytes;
}
