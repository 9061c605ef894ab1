import { generateKeyPairSync, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bearerToken, cdpKey } from '../../../../../gateway/sources/coinbase-business/cdp-key.ts';

const NOW = 1_772_359_200_000;
const url = new URL('https://business.coinbase.com/api/v1/checkouts/68f7?pageSize=50');

function ed25519(): { secret: string; publicKey: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { d = '', x = '' } = privateKey.export({ format: 'jwk' });
  return {
    secret: Buffer.concat([Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')]).toString('base64'),
    publicKey,
  };
}

function ec(type: 'sec1' | 'pkcs8', escaped = false): { secret: string; publicKey: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type, format: 'pem' }).toString();
  return { secret: escaped ? pem.replaceAll('\n', '\\n') : pem, publicKey };
}

function parts(token: string) {
  const [head = '', body = '', signature = ''] = token.split('.');
  const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
  return {
    header: read(head),
    claims: read(body),
    input: Buffer.from(`${head}.${body}`),
    signature: Buffer.from(signature, 'base64url'),
  };
}

describe('a token', () => {
  it.each([
    ['Ed25519', 'EdDSA', ed25519()],
    ['EC, SEC 1', 'ES256', ec('sec1')],
    ['EC, PKCS 8', 'ES256', ec('pkcs8')],
    ['EC on one line', 'ES256', ec('sec1', true)],
  ])('of a key of %s is signed by %s and bound to one request', (_, algorithm, { secret, publicKey }) => {
    const { header, claims, input, signature } = parts(bearerToken(cdpKey('key-1', secret), url, NOW));
    expect(header).toMatchObject({
      alg: algorithm,
      kid: 'key-1',
      typ: 'JWT',
      nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(claims).toEqual({
      sub: 'key-1',
      iss: 'cdp',
      nbf: NOW / 1000,
      exp: NOW / 1000 + 120,
      uris: ['GET business.coinbase.com/api/v1/checkouts/68f7'],
    });
    const key = algorithm === 'EdDSA' ? publicKey : { key: publicKey, dsaEncoding: 'ieee-p1363' as const };
    expect(verify(algorithm === 'EdDSA' ? null : 'sha256', input, key, signature)).toBe(true);
  });

  it('is never the same twice', () => {
    const key = cdpKey('k', ed25519().secret);
    expect(bearerToken(key, url, NOW)).not.toBe(bearerToken(key, url, NOW));
  });
});

it.each([
  ['nothing', ''],
  ['words', 'my secret'],
  ['half a key', Buffer.alloc(32).toString('base64')],
  ['a broken PEM', '-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----'],
  [
    'another curve',
    generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
  ],
])('%s is no key, and is not repeated', (_, secret) => {
  const attempt = (): unknown => cdpKey('k', secret);
  expect(attempt).toThrow(/neither an Ed25519 key in base64 nor an EC P-256 key in PEM/);
  if (secret !== '') expect(attempt).not.toThrow(secret);
});
