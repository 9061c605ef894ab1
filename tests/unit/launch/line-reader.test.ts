import { describe, expect, it } from 'vitest';
import { LineReader } from '../../../launch/line-reader.ts';

describe('lines out of chunks', () => {
  it('joins what was cut, also inside a character, and gives the rest at the end', () => {
    const lines: string[] = [];
    const reader = new LineReader((line) => void lines.push(line));
    const bytes = new TextEncoder().encode('first\r\nsecond €\nrest');
    for (const byte of bytes) reader.push(new Uint8Array([byte]));
    expect(lines).toEqual(['first', 'second €']);
    reader.end();
    expect(lines).toEqual(['first', 'second €', 'rest']);
  });

  it('does not keep a line without end', () => {
    const lines: string[] = [];
    const reader = new LineReader((line) => void lines.push(line));
    for (let n = 0; n < 10; n += 1) reader.push(new TextEncoder().encode('x'.repeat(20_000)));
    reader.end();
    expect(lines[0]).toHaveLength(65_536);
  });
});
