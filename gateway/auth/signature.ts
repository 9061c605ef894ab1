import { createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { ticketMessage } from '../../contract/protocol.ts';

/** A key of nobody: checked against for desks that don't exist, so that the answer takes as long. */
const NOBODY = 'O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik';

/** @throws Error when the text is not a raw Ed25519 public key, base64url */
export function deskKey(publicKey: string): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
}

/** True when the desk that holds the key behind `publicKey` signed this challenge. */
export function signedBy(publicKey: string | undefined, deskId: string, challenge: string, signature: string): boolean {
  const message = Buffer.from(ticketMessage(deskId, challenge), 'utf8');
  const right = verify(null, message, deskKey(publicKey ?? NOBODY), Buffer.from(signature, 'base64url'));
  return right && publicKey !== undefined;
}
