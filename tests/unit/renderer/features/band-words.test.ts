import { describe, expect, it } from 'vitest';
import { refusalCodes, waitReasons } from '../../../../contract/connection-state.ts';
import type { ConnectionState } from '../../../../contract/connection-state.ts';
import { bandWords } from '../../../../renderer/features/shell/band-words.ts';
import type { Standing } from '../../../../renderer/store/standing.ts';
import { english } from '../../../../renderer/strings/english.ts';
import { createWords } from '../../../../renderer/strings/translate.ts';
import { deskState } from '../../../support/fake-bridge/scenario.ts';

const NOW = 1_795_000_000_000;
const { tell } = createWords('en', english);
const open = { state: 'open' } as const;
const band = (connection: ConnectionState) => {
  const standing: Standing = { kind: 'not-current', desk: deskState(NOW, connection), asOf: NOW - 1 };
  const words = bandWords(standing, open, NOW, 0);
  return [words?.parts.map(tell).join(' · '), words?.action];
};

describe('[FR2] not-live band', () => {
  it('is not there while what is shown is current', () => {
    expect(bandWords({ kind: 'current', slower: true }, open, NOW, 0)).toBeNull();
  });

  it('counts to the next try and never below it', () => {
    const waiting = { state: 'waiting', attempt: 1, reason: 'timeout' } as const;
    expect(band({ ...waiting, retryAt: NOW + 6001 })).toEqual([
      'the gateway did not answer in time · next try in 7 s',
      'retry',
    ]);
    expect(band({ ...waiting, retryAt: NOW - 5000 })[0]).toBe('the gateway did not answer in time · trying now');
  });

  it.each(waitReasons)('has its own words for the reason %s', (reason) => {
    const [said] = band({ state: 'waiting', attempt: 1, reason, retryAt: NOW });
    expect(said).toMatch(/^\S+ \S+ .*· trying now$/);
  });

  it.each(refusalCodes)('tells a person what to do about %s', (code) => {
    const [said, action] = band({ state: 'refused', code });
    // Of a desk that was turned away the band says what, and the card below it says what to do.
    expect(said).toMatch(code === 'protocol-unsupported' ? /\. Update / : /this desk$/);
    expect(english['refused.meanwhile']).toContain('ask whoever runs the gateway');
    expect(action).toBe(code === 'protocol-unsupported' ? 'retry' : 'pair');
  });

  it('says how much is to be caught up, when that is known', () => {
    expect(band({ state: 'catching-up', behind: 1 })[0]).toBe('catching up, 1 event to go');
    expect(band({ state: 'catching-up', behind: 12_000 })[0]).toBe('catching up, 12,000 events to go');
    expect(band({ state: 'catching-up', behind: null })[0]).toBe('catching up');
  });

  it('says that the program on this computer is gone, and when it tries again', () => {
    const words = bandWords(
      { kind: 'host-gone', asOf: NOW, since: NOW },
      { state: 'lost', since: NOW, retryAt: 3000, reason: 'gone' },
      NOW,
      1000,
    );
    expect(words?.parts.map(tell).join(' ')).toContain('does not answer');
    expect(words?.parts.map(tell).at(-1)).toBe('next try in 2 s');
    expect(words?.action).toBe('retry');
  });
});
