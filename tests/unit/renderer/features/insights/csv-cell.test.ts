import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guarded, textCell, unguarded } from '../../../../../renderer/features/insights/csv/csv-cell.ts';

const payloads = [
  '=1+1',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(1+9)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '\tplain',
  '\rplain',
  '  =1+1',
  '\u00a0=1+1',
  '\ufeff=1+1',
  '\u0000=1+1',
  '"=1+1',
  '" =1+1',
  '\uff1d1+1',
  '\uff0b1',
  '\uff0d1',
  '\uff20SUM(1)',
  'Smith\n=1+1',
  'Smith\r\n  +1',
  'Smith; =1+1',
  'Smith;"=1+1"',
  'Smith,-1',
  'Smith\t@x',
  'Smith|=1+1',
  "'=1+1",
  '=HYPERLINK("https://example.com","pay")',
];
/** As spreadsheets read a cell: without what stands around it. */
const isLive = (cell: string) => /^[\s\p{Cc}\ufeff"]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u.test(cell);

describe('a CSV cell', () => {
  it.each(payloads)('%j stays a text', (payload) => {
    const [[cell = ''] = []] = parse(`${textCell(payload)},"next"\r\n`, { record_delimiter: '\r\n' });
    expect(isLive(cell)).toBe(false);
    expect(/^[\t\r\n]/.test(cell)).toBe(false);
    expect(unguarded(cell)).toBe(payload);
  });

  it.each(payloads)('%j begins no formula either where a spreadsheet splits by other characters', (payload) => {
    for (const delimiter of [';', '\t', '|', ',']) {
      for (const prefix of ['', 'Smith', 'Smith; ', '"']) {
        const line = `${textCell(prefix + payload)},"next"`;
        const lines = line.split(/[\r\n]/).flatMap((each) => [each, ...each.split(delimiter)]);
        for (const each of lines) expect(isLive(each), JSON.stringify({ delimiter, each })).toBe(false);
      }
    }
  });

  it('gives back any text through a real parser', () => {
    const units = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      ';',
      ',',
      '|',
      '"',
      "'",
      ' ',
      'a',
      'é',
      '😀',
      '\u0000',
    );
    const texts = fc.oneof(fc.string({ unit: units, maxLength: 14 }), fc.string({ unit: 'binary', maxLength: 8 }));
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const rows = parse(`x,y\r\n${textCell(a)},${textCell(b)}\r\n`, { record_delimiter: '\r\n' });
        expect(rows[1]?.map(unguarded)).toEqual([a.toWellFormed(), b.toWellFormed()]);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves what is no formula as it is', () => {
    for (const text of ['A-1041', 'Ines Ferreira', '0.008 ETH on eip155:1', 'O’Neil', '50 % off', '']) {
      expect(guarded(text)).toBe(text);
    }
  });
});
