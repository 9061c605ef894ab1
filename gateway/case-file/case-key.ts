import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { CASE_KEY, readMeta, writeMeta } from '../store/meta.ts';
import type { Storage } from '../store/open-store.ts';
import { signedText } from './case-file.ts';
import type { CaseFile } from './case-file.ts';

/** The key with which a gateway signs the cases it exports. */
export interface CaseKey {
  /** Raw Ed25519 key, base64url. */
  readonly publicKey: string;
  sign(whole: string): CaseFile['signature'];
}

/** The key of these data, made at the first use; a backup holds it, so that a restored gateway signs as before. */
export async function openCaseKey({ writer }: Pick<Storage, 'writer'>): Promise<CaseKey> {
  return writer.write(async (tx) => {
    const kept = await readMeta(tx, CASE_KEY);
    if (kept !== undefined) return caseKey(createPrivateKey(kept));
    const { privateKey } = generateKeyPairSync('ed25519');
    await writeMeta(tx, CASE_KEY, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    return caseKey(privateKey);
  });
}

function caseKey(privateKey: KeyObject): CaseKey {
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '';
  return {
    publicKey,
    sign: (whole) => ({
      algorithm: 'ed25519',
      publicKey,
      value: sign(null, Buffer.from(signedText(whole)), privateKey).toString('base64url'),
    }),
  };
}

/** True when the signature was made over `whole` with the key it names; false also for what is no key. */
export function isSigned(whole: string, { publicKey, value }: CaseFile['signature']): boolean {
  if (!isCanonical(publicKey) || !isCanonical(value)) return false;
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    return verify(null, Buffer.from(signedText(whole)), key, Buffer.from(value, 'base64url'));
  } catch {
    return false;
  }
}

/** Bits of the last letter that mean nothing could else be altered unseen. */
function isCanonical(base64url: string): boolean {
  return Buffer.from(base64url, 'base64url').toString('base64url') === base64url;
}
