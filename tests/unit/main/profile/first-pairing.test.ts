import { describe, expect, it } from 'vitest';
import { pairingNeed } from '../../../../main/profile/first-pairing.ts';
import { deskState } from '../../../support/browser-host/desk-state.ts';

const pairedWith = (url: string) =>
  deskState({ gateway: { url, version: null }, connection: { state: 'offline', since: 1 } });

describe('pairing at the start', () => {
  it.each([
    ['an unpaired profile', deskState(), 'http://127.0.0.1:1', null, 'pair'],
    ['an unpaired profile, any gateway', deskState(), null, null, 'pair'],
    ['the wanted gateway already', pairedWith('http://127.0.0.1:1/'), 'http://127.0.0.1:1', null, 'none'],
    ['any gateway already', pairedWith('https://shop.example'), null, null, 'none'],
    [
      "a person's own gateway",
      pairedWith('https://shop.example'),
      'http://127.0.0.1:1',
      'http://127.0.0.1:2',
      'paired-elsewhere',
    ],
    ['where the wanted one lived before', pairedWith('http://127.0.0.1:2'), null, 'http://127.0.0.1:2', 'replace'],
    ['another port than the one before', pairedWith('http://127.0.0.1:3'), null, 'http://127.0.0.1:2', 'none'],
  ])('with %s', (_name, state, wanted, replaceable, need) => {
    expect(pairingNeed(state, wanted, replaceable)).toBe(need);
  });
});
