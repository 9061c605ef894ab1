import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { doctorEnglish } from '../../../../contract/doctor-english.ts';
import { evidenceStrings } from '../../../../renderer/strings/en/evidence.ts';
import { faultStrings } from '../../../../renderer/strings/en/faults.ts';
import { noteStrings } from '../../../../renderer/strings/en/notes.ts';
import { refusalStrings } from '../../../../renderer/strings/en/refusals.ts';
import { english } from '../../../../renderer/strings/english.ts';
import { createFormat } from '../../../../renderer/strings/format.ts';
import { say } from '../../../../renderer/strings/message.ts';
import { createWords } from '../../../../renderer/strings/translate.ts';

const renderer = path.resolve(import.meta.dirname, '../../../../renderer');
/** The parts of the English catalogue: what each file of it holds, and the doctor's report. */
const files = globSync('strings/en/*.ts', { cwd: renderer });
const modules = (await Promise.all(files.map((file) => import(path.join(renderer, file))))) as Record<string, object>[];
const parts = [doctorEnglish, ...modules.flatMap((module) => Object.values(module))];

/** What others write is known again by its text, so that no source names its key. */
const readParts = [evidenceStrings, noteStrings, refusalStrings, faultStrings];
const isRead = (key: string) => readParts.some((part) => Object.hasOwn(part, key));

describe('catalogue', () => {
  it('has every key once, and no empty text', () => {
    const keys = parts.flatMap((part) => Object.keys(part));
    expect(new Set(keys).size).toBe(keys.length);
    expect(Object.keys(english)).toHaveLength(keys.length);
    for (const text of Object.values(english).flatMap((entry) =>
      typeof entry === 'string' ? entry : Object.values(entry),
    )) {
      expect(text.trim()).not.toBe('');
    }
  });

  it('tells the count in the plural form that any number can fall into', () => {
    for (const [key, entry] of Object.entries(english)) {
      if (typeof entry === 'string') continue;
      expect(Object.keys(entry), key).toContain('other');
      expect(entry.other, key).toContain('{count}');
    }
  });

  it('holds no text that nothing says', () => {
    const files = globSync('**/*.{ts,tsx}', { cwd: renderer, exclude: (name) => /strings\/(?:en|zh-cn)$/.test(name) });
    const source = files.map((file) => readFileSync(path.join(renderer, file), 'utf8')).join('\n');
    const unsaid = Object.keys(english).filter((key) => {
      if (isRead(key)) return false;
      const stems = key.split('.').map((_, n, all) => `\`${all.slice(0, n).join('.')}.\${`);
      return !source.includes(`'${key}'`) && !stems.some((stem) => source.includes(stem));
    });
    expect(unsaid).toEqual([]);
  });

  it('fills in, writes numbers as the locale does, and takes the plural form', () => {
    const { t, tell } = createWords('en', english);
    expect(t('digest.title', { count: 1 })).toBe('Caught up: 1 event while you were away');
    expect(t('digest.title', { count: 1400 })).toBe('Caught up: 1,400 events while you were away');
    expect(tell(say('band.since', { time: '14:02:11' }))).toBe('Not live since 14:02:11');
    expect(t('nav.desk')).toBe('Desk');
  });

  it('does not fill in what a value itself brings along', () => {
    const { t } = createWords('en', english);
    expect(t('event.note.added', { text: '{name} <b>$&</b>' })).toBe('Note: {name} <b>$&</b>');
  });
});

describe('what a value from outside brings along', () => {
  const { t } = createWords('en', english);

  it.each(['\u202e1041', 'a\u0000b', '\u2066x', '\u001b[31m'])('turns no text of ours around: %j', (text) => {
    expect(t('event.note.added', { text })).toMatch(/^Note: .*\uFFFD/);
  });

  it.each(['two\nlines', '№ 7/ä', '订单', '\u200fطلب 7', '👩‍🍳'])('is left alone otherwise: %j', (text) => {
    expect(t('event.note.added', { text })).toBe(`Note: ${text}`);
  });
});

describe('formats', () => {
  const format = createFormat('en-US');

  it('writes money exactly, also beyond what a float holds', () => {
    expect(format.money('USD', '4310.2')).toBe('$4,310.20');
    expect(format.money('JPY', '1200')).toBe('¥1,200');
    expect(format.money('CNY', '1200')).toBe('CN¥1,200.00');
    expect(format.money('CAD', '12')).toBe('CA$12.00');
    expect(format.money('USD', '90071992547409931.07')).toBe('$90,071,992,547,409,931.07');
    expect(format.money('BTC', '0.00012345')).toBe('0.00012345 BTC');
    expect(format.money('POINTS', '12.5')).toBe('12.5 POINTS');
  });

  it('cuts a long crypto amount and says so; never where it must be exact', () => {
    expect(format.crypto('8000000000000000', 18, 'ETH')).toBe('0.008 ETH');
    expect(format.crypto('5271938472918374', 18, 'ETH')).toBe('0.00527193… ETH');
    expect(format.cryptoExact('5271938472918374', 18, 'ETH')).toBe('0.005271938472918374 ETH');
    expect(format.crypto('100000000000000000000', 18, 'CRO')).toBe('100 CRO');
    expect(format.crypto('12345', null, 'XYZ')).toBe('12,345 XYZ');
  });

  it('says how long ago, cut and never rounded up', () => {
    expect(format.relative(0, 119_999)).toBe('1m ago');
    expect(format.relative(1000, 3000)).toBe('2s ago');
    expect(format.relative(0, 3 * 3_600_000)).toBe('3h ago');
  });
});
