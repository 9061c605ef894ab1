import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { icnsOf, icoOf } from '../../support/icons/icon-container.ts';

const assets = path.resolve(import.meta.dirname, '..', '..', '..', 'assets');
const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

describe('icons of the installers', () => {
  it('hold every size, each where the directory says', () => {
    const ico = icoOf([16, 256].map((size) => ({ size, png: Buffer.concat([pngHead, Buffer.from([size % 256])]) })));
    expect([ico.readUInt16LE(4), ico.readUInt8(6), ico.readUInt8(22)]).toEqual([2, 16, 0]);
    expect(ico.subarray(ico.readUInt32LE(18), ico.readUInt32LE(18) + 4)).toEqual(pngHead);
    expect(ico.subarray(ico.readUInt32LE(34))).toEqual(Buffer.concat([pngHead, Buffer.from([0])]));
    const icns = icnsOf([{ size: 256, png: pngHead }]);
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    expect(icns.toString('latin1')).toContain('ic08');
    expect(icns.toString('latin1')).toContain('ic13');
  });

  it('are drawn, up to 256 for Windows and 1024 for macOS', () => {
    const ico = readFileSync(path.join(assets, 'icon.ico'));
    const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico.readUInt8(6 + 16 * index));
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 0]);
    const icns = readFileSync(path.join(assets, 'icon.icns'));
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    for (const type of ['ic07', 'ic10', 'ic14']) expect(icns.toString('latin1')).toContain(type);
  });
});
