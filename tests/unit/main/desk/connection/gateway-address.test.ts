import { describe, expect, test } from 'vitest';
import { gatewayAddress } from '../../../../../main/desk/connection/gateway-address.ts';
import { retryAfter } from '../../../../../main/desk/connection/http-client.ts';
import { readPairingLink } from '../../../../../main/desk/pairing/pairing-link.ts';

describe('[CN12] addresses', () => {
  test.each([
    ['https://pay.example.com', 'https://pay.example.com'],
    ['https://pay.example.com/', 'https://pay.example.com'],
    ['https://pay.example.com/till/', 'https://pay.example.com/till'],
    ['pay.example.com:8377', 'https://pay.example.com:8377'],
    ['http://127.0.0.1:8377', 'http://127.0.0.1:8377'],
    ['http://[::1]:8377', 'http://[::1]:8377'],
    ['localhost:8377', 'http://localhost:8377'],
    ['  https://pay.example.com  ', 'https://pay.example.com'],
  ])('%s → %s', (text, url) => expect(gatewayAddress(text)).toBe(url));

  test.each([
    ['http://pay.example.com', 'insecure-address'],
    ['http://127.0.0.1.example.com', 'insecure-address'],
    ['http://192.168.0.5:8377', 'insecure-address'],
    ['ftp://pay.example.com', 'insecure-address'],
    ['javascript://x/%0aalert(1)', 'insecure-address'],
    ['https://user:secret@pay.example.com', 'bad-address'],
    ['', 'bad-address'],
    ['not an address', 'bad-address'],
  ])('%s is refused: %s', (text, code) => {
    expect(() => gatewayAddress(text)).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe('[AU1] pairing links', () => {
  const preview = { gateway: 'https://pay.example.com', host: 'pay.example.com', code: 'ABCD-1234' };

  test.each([
    'tillwatch://pair?gateway=https://pay.example.com&code=ABCD-1234',
    'tillwatch://pair?code=ABCD-1234&gateway=https%3A%2F%2Fpay.example.com%2F',
    'TILLWATCH://pair/?gateway=pay.example.com&code=ABCD-1234',
    'https://pay.example.com ABCD-1234',
    '  pay.example.com\n ABCD-1234 ',
  ])('%s', (link) => expect(readPairingLink(link)).toEqual(preview));

  test.each([
    ['tillwatch://open?gateway=https://pay.example.com&code=A', 'bad-link'],
    ['tillwatch://pair?gateway=https://pay.example.com', 'bad-link'],
    ['tillwatch://pair?code=A', 'bad-link'],
    ['https://pay.example.com', 'bad-link'],
    ['one two three', 'bad-link'],
    ['https://pay.example.com <script>', 'bad-link'],
    ['tillwatch://pair?gateway=http://evil.example&code=A', 'insecure-address'],
  ])('%s is refused: %s', (link, code) => {
    expect(() => readPairingLink(link)).toThrow(expect.objectContaining({ code }) as Error);
  });
});

describe('[CN3] Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  test.each([
    [undefined, null],
    ['3', 3_000],
    [' 120 ', 120_000],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['soon', null],
  ])('%s → %s', (header, ms) => {
    expect(retryAfter(header, now)).toBe(ms);
  });
});
