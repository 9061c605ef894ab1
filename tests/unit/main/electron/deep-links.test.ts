import { describe, expect, it } from 'vitest';
import { linkIn, readDeepLink } from '../../../../main/electron/deep-links.ts';
import { placeOf } from '../../../../main/electron/page-place.ts';
import { readPairingLink } from '../../../../main/desk/pairing/pairing-link.ts';
import { hostileAddresses } from '../../../support/electron-stand-in/hostile-addresses.ts';

describe('links of the scheme tillwatch', () => {
  it('[AU1] a pairing link is handed on to be shown, and the form reads it', () => {
    const link = readDeepLink('tillwatch://pair?gateway=https://desk.example.com:8377/till&code=ABCD-1234');
    expect(link?.kind).toBe('pair');
    const preview = link?.kind === 'pair' ? readPairingLink(link.link) : null;
    expect(preview).toEqual({
      gateway: 'https://desk.example.com:8377/till',
      host: 'desk.example.com:8377',
      code: 'ABCD-1234',
    });
  });

  it('an order link leads to its order in the page', () => {
    const link = readDeepLink('tillwatch://order/main/ord_1');
    expect(link).toEqual({ kind: 'order', store: 'main', order: 'ord_1' });
    expect(link && placeOf(link)).toBe('app://tillwatch/index.html#/desk/main/ord_1');
  });

  it('refuses 200 hostile links, none passes', () => {
    expect(hostileAddresses.filter((address) => readDeepLink(address) !== null)).toEqual([]);
  });

  it('takes one link from a command line, and none from one with several', () => {
    const link = 'tillwatch://order/main/a';
    expect(linkIn(['tillwatch.exe', '--flag', link])).toMatchObject({ order: 'a' });
    expect(linkIn(['tillwatch.exe', link, 'tillwatch://order/main/b'])).toBeNull();
    expect(linkIn(['tillwatch.exe'])).toBeNull();
    expect(linkIn(['tillwatch.exe', 'TILLWATCH://release/main/a'])).toBeNull();
  });
});
