import { createHash } from 'node:crypto';

const LETTERS = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Pay to script hash, on Bitcoin's test networks. Source: Bitcoin Core, chainparams (base58Prefixes). */
const SCRIPT_HASH = 'c4';

/** Base58Check. @param hash 20 bytes as hex */
export function regtestAddress(hash: string): string {
  const payload = SCRIPT_HASH + hash;
  const whole = payload + sha256(sha256(Buffer.from(payload, 'hex'))).toString('hex', 0, 4);
  let text = '';
  for (let left = BigInt(`0x${whole}`); left > 0n; left /= 58n) text = `${LETTERS.charAt(Number(left % 58n))}${text}`;
  return text;
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
