import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { ticketMessage } from '../../../contract/protocol.ts';

/** This device's Ed25519 key. The private part leaves it only into the SecretStore. */
export interface DeviceKey {
  /** Raw public key, base64url. */
  readonly publicKey: string;
  /** Private key as PKCS #8 DER, base64url. */
  readonly privateKey: string;
}

export function newDeviceKey(): DeviceKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x } = publicKey.export({ format: 'jwk' });
  return { publicKey: x ?? '', privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url') };
}

/** Signs a challenge, which is what a ticket costs. @returns base64url */
export function signChallenge(privateKey: string, deskId: string, challenge: string): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), format: 'der', type: 'pkcs8' });
  return sign(null, Buffer.from(ticketMessage(deskId, challenge), 'utf8'), key).toString('base64url');
}
