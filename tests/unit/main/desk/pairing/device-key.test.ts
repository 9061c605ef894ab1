import { createPublicKey, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { pairRequestSchema, ticketMessage } from '../../../../../contract/protocol.ts';
import { newDeviceKey, signChallenge } from '../../../../../main/desk/pairing/device-key.ts';
import { loadPairing, savePairing } from '../../../../../main/desk/pairing/pairing.ts';
import type { Pairing } from '../../../../../main/desk/pairing/pairing.ts';

test('[AU1][AU2] the public key is what the gateway takes, and verifies what the private one signs', () => {
  const { publicKey, privateKey } = newDeviceKey();
  expect(pairRequestSchema.safeParse({ code: 'X', name: 'N', publicKey }).success).toBe(true);
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  const signature = Buffer.from(signChallenge(privateKey, 'desk-1', 'challenge'), 'base64url');
  expect(verify(null, Buffer.from(ticketMessage('desk-1', 'challenge')), key, signature)).toBe(true);
  expect(verify(null, Buffer.from(ticketMessage('desk-2', 'challenge')), key, signature)).toBe(false);
  expect(newDeviceKey().publicKey).not.toBe(publicKey);
});

test('a pairing is kept whole; one that cannot be read is none', async () => {
  let saved: string | null = null;
  const secrets = {
    kind: 'file' as const,
    load: async () => saved,
    save: async (secret: string) => void (saved = secret),
    clear: async () => void (saved = null),
  };
  expect(await loadPairing(secrets)).toBeNull();
  const pairing: Pairing = {
    ...{ version: 1, gateway: 'https://g.example', deskId: 'd', name: 'n', role: 'staff' },
    ...{ stores: [{ id: 'main', name: 'Main' }], privateKey: newDeviceKey().privateKey },
  };
  await savePairing(secrets, pairing);
  expect(await loadPairing(secrets)).toEqual(pairing);
  for (const damaged of ['', '{', '{"version":2}', '"text"']) {
    saved = damaged;
    expect(await loadPairing(secrets)).toBeNull();
  }
});
