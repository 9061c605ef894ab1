import { describe, expect, it } from 'vitest';
import { cookieValues, isOwnHost, pageRefusal, sameSecret, socketRefusal } from '../../../../main/browser/admission.ts';

const admission = { port: 4711, cookieName: 'tillwatch_4711', session: 'the-session' };
const cookie = 'theme=dark; tillwatch_4711=the-session';
const origin = 'http://127.0.0.1:4711';
const host = '127.0.0.1:4711';

describe('who may talk to the browser host', () => {
  it.each([
    ['127.0.0.1:4711', true],
    ['localhost:4711', true],
    ['127.0.0.1', false],
    ['127.0.0.1:4712', false],
    ['rebound.example:4711', false],
    ['127.0.0.1.rebound.example:4711', false],
    ['[::1]:4711', false],
    ['', false],
    [undefined, false],
  ])('takes Host %s: %s', (given, expected) => {
    expect(isOwnHost(given, 4711)).toBe(expected);
  });

  it.each([
    ['a page with its cookie', { host, origin: undefined, cookie }, null, 'foreign-origin'],
    ['its own origin', { host, origin, cookie }, null, null],
    ['localhost with its own origin', { host: 'localhost:4711', origin: 'http://localhost:4711', cookie }, null, null],
    [
      'another name for the host than the page has',
      { host, origin: 'http://localhost:4711', cookie },
      'foreign-origin',
      'foreign-origin',
    ],
    [
      'a foreign origin with the cookie',
      { host, origin: 'https://evil.example', cookie },
      'foreign-origin',
      'foreign-origin',
    ],
    [
      'another port of this machine',
      { host, origin: 'http://127.0.0.1:9999', cookie },
      'foreign-origin',
      'foreign-origin',
    ],
    ['a sandboxed frame', { host, origin: 'null', cookie }, 'foreign-origin', 'foreign-origin'],
    [
      'a rebound name',
      { host: 'evil.example:4711', origin: 'http://evil.example:4711', cookie },
      'foreign-host',
      'foreign-host',
    ],
    ['no cookie', { host, origin, cookie: undefined }, 'no-session', 'no-session'],
    ['a wrong cookie', { host, origin, cookie: 'tillwatch_4711=guess' }, 'no-session', 'no-session'],
    ['the cookie of another host', { host, origin, cookie: 'tillwatch_4712=the-session' }, 'no-session', 'no-session'],
  ])('judges %s', (_name, sender, page, socket) => {
    expect(pageRefusal(sender, admission)).toBe(page);
    expect(socketRefusal(sender, admission)).toBe(socket);
  });

  it('reads every value of a cookie, and no other cookie that ends alike', () => {
    expect(cookieValues('a=1; xa=2;a=3 ;ab=4', 'a')).toEqual(['1', '3']);
    expect(cookieValues(undefined, 'a')).toEqual([]);
  });

  it('compares secrets of any length', () => {
    expect(sameSecret('secret', 'secret')).toBe(true);
    expect(sameSecret('', 'secret')).toBe(false);
    expect(sameSecret('secret2', 'secret')).toBe(false);
  });
});
