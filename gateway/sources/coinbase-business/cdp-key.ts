/**
 * A secret API key of the Coinbase Developer Platform, and the token it signs for one request: `alg` EdDSA for an Ed25519
 * key, which comes as base64 of seed and public key, ES256 for an EC key, which comes as PEM.
 * Source: Coinbase Developer Platform, "JWT authentication".
 */
import { createPrivateKey, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export interface CdpKey {
  readonly id: string;
  readonly algorithm: 'EdDSA' | 'ES256';
  readonly key: KeyObject;
}

/** How long Coinbase accepts a token. */
const LIFE_SECONDS = 120;

/** @throws RangeError when the secret is no key of either kind; its message does not repeat the secret */
export function cdpKey(id: string, secret: string): CdpKey {
  try {
    return secret.includes('-----BEGIN') ? ecKey(id, secret) : ed25519Key(id, secret);
  } catch {
    throw new RangeError('is neither an Ed25519 key in base64 nor an EC P-256 key in PEM');
  }
}

/** Environment variables carry a PEM with its line ends written as `\n`. */
function ecKey(id: string, secret: string): CdpKey {
  const key = createPrivateKey({ key: secret.replaceAll('\\n', '\n'), format: 'pem' });
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new RangeError('another curve');
  return { id, algorithm: 'ES256', key };
}

function ed25519Key(id: string, secret: string): CdpKey {
  const bytes = Buffer.from(secret.trim(), 'base64');
  if (bytes.length !== 64) throw new RangeError('another length');
  const d = bytes.subarray(0, 32).toString('base64url');
  const x = bytes.subarray(32).toString('base64url');
  return {
    id,
    algorithm: 'EdDSA',
    key: createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' }),
  };
}

/**
 * The bearer token for a GET of a URL.
 * @param now epoch milliseconds
 */
export function bearerToken({ id, algorithm, key }: CdpKey, url: URL, now: number): string {
  const seconds = Math.floor(now / 1000);
  const header = { alg: algorithm, kid: id, typ: 'JWT', nonce: randomBytes(16).toString('hex') };
  const claims = {
    sub: id,
    iss: 'cdp',
    nbf: seconds,
    exp: seconds + LIFE_SECONDS,
    uris: [`GET ${url.host}${url.pathname}`],
  };
  const input = `${encoded(header)}.${encoded(claims)}`;
  const signature =
    algorithm === 'EdDSA'
      ? sign(null, Buffer.from(input), key)
      : sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
