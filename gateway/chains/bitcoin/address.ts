/**
 * Bitcoin addresses and the output scripts they stand for, both ways.
 * Sources: BIP-173 and BIP-350 (segwit), BIP-13 (script hashes), BIP-341 (taproot).
 */
import { createHash } from 'node:crypto';
import { bech32, bech32m, createBase58check } from '@scure/base';
import type { BitcoinNetwork } from './network.ts';

/** A script as lower-case hex, or why the address has none; the fault is for people. */
export type ReadAddress = { readonly script: string } | { readonly fault: string };

const LONGEST = 90;

/** Checks the checksum, the network and the form. Segwit addresses may be written in upper case, never in both. */
export function readAddress(address: string, network: BitcoinNetwork): ReadAddress {
  if (address.length > LONGEST) return { fault: `is no ${network.name} address` };
  return /^(?:bc|tb|bcrt)1/i.test(address) ? readSegwit(address, network) : readBase58(address, network);
}

/** The address that stands for a script, a lower-case hex; null where there is none, as for data or a bare public key. */
export function addressOfScript(script: string, network: BitcoinNetwork): string | null {
  const [, keyHash] = /^76a914([0-9a-f]{40})88ac$/.exec(script) ?? [];
  if (keyHash) return writtenBase58(network.keyHash, keyHash);
  const [, scriptHash] = /^a914([0-9a-f]{40})87$/.exec(script) ?? [];
  if (scriptHash) return writtenBase58(network.scriptHash, scriptHash);
  const [, opcode, length, program] = /^(00|5[1-9a-f]|60)([0-9a-f]{2})((?:[0-9a-f]{2}){2,40})$/.exec(script) ?? [];
  if (!opcode || !length || !program || program.length !== 2 * parseInt(length, 16)) return null;
  const version = opcode === '00' ? 0 : parseInt(opcode, 16) - 0x50;
  const words = [version, ...bech32.toWords(Buffer.from(program, 'hex'))];
  return (version === 0 ? bech32 : bech32m).encode(network.segwit, words, LONGEST);
}

function readSegwit(address: string, network: BitcoinNetwork): ReadAddress {
  const decoded = bech32.decodeUnsafe(address) ?? bech32m.decodeUnsafe(address);
  if (!decoded) return { fault: 'has a wrong checksum: a character of the address is mistyped' };
  if (decoded.prefix !== network.segwit) return { fault: `is of another network than ${network.name}` };
  const [version, ...words] = decoded.words;
  const program = bech32.fromWordsUnsafe(words);
  const isPlain = bech32.decodeUnsafe(address) !== undefined;
  if (version === 0 && program && isPlain && (program.length === 20 || program.length === 32)) {
    return { script: `00${pushed(program)}` };
  }
  if (version === 1 && program?.length === 32 && !isPlain) return { script: `51${pushed(program)}` };
  return { fault: 'is of a kind that wallets cannot pay to' };
}

function readBase58(address: string, network: BitcoinNetwork): ReadAddress {
  const bytes = decodedBase58(address);
  if (!bytes) return { fault: `is no ${network.name} address, or a character of it is mistyped` };
  const [version, ...hash] = bytes;
  const program = Uint8Array.from(hash);
  if (program.length !== 20) return { fault: `is no ${network.name} address` };
  if (version === network.keyHash) return { script: `76a9${pushed(program)}88ac` };
  if (version === network.scriptHash) return { script: `a9${pushed(program)}87` };
  return { fault: `is of another network than ${network.name}` };
}

function decodedBase58(address: string): Uint8Array | null {
  try {
    return base58().decode(address);
  } catch {
    return null;
  }
}

function writtenBase58(version: number, program: string): string {
  return base58().encode(Uint8Array.from([version, ...Buffer.from(program, 'hex')]));
}

function base58(): ReturnType<typeof createBase58check> {
  return createBase58check((data) => createHash('sha256').update(data).digest());
}

/** A push of so many bytes and the bytes, as a script has them. */
function pushed(bytes: Uint8Array): string {
  return bytes.length.toString(16).padStart(2, '0') + Buffer.from(bytes).toString('hex');
}
