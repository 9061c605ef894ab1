import { createHmac } from 'node:crypto';

/**
 * The value of `Pay-Signature`: `t=…,v1=…`, v1 being the hex HMAC-SHA256 of `${t}.${body}` by the signature secret.
 * @param now epoch milliseconds
 * Source: Crypto.com Pay's documentation of webhook signatures.
 */
export function paySignature(secret: string, body: string, now: number): string {
  const time = Math.floor(now / 1000);
  const hash = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  return `t=${time},v1=${hash}`;
}
