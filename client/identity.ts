import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { z } from 'zod';
import { nameSchema } from '../contract/order.ts';
import { roleSchema, ticketMessage } from '../contract/protocol.ts';

/** Who a client is at which gateway. It holds a private key: whoever has it is this desk. */
export const identitySchema = z.object({
  gateway: z.string(),
  deskId: z.string().min(1),
  name: z.string(),
  role: roleSchema,
  stores: z.array(z.object({ id: nameSchema, name: z.string() })),
  /** Ed25519, PKCS #8 in DER, base64url. */
  privateKey: z.string().min(1),
});
export type Identity = z.infer<typeof identitySchema>;

export interface KeyPair {
  /** Raw, base64url, as pairing sends it. */
  readonly publicKey: string;
  readonly privateKey: string;
}

export function newKeyPair(): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { publicKey: x, privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url') };
}

/** Answers a challenge, which is what a ticket costs. @returns base64url */
export function signedChallenge({ deskId, privateKey }: Identity, challenge: string): string {
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64url'), format: 'der', type: 'pkcs8' });
  return sign(null, Buffer.from(ticketMessage(deskId, challenge)), key).toString('base64url');
}
