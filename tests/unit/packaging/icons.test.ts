import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { appImages } from '../../../packaging/icons/app-images.ts';
import { icnsOf, icoOf } from '../../../packaging/icons/icon-container.ts';
import { pixelsOf, renderPng } from '../../../packaging/icons/render.ts';
import { readDrawing } from '../../../packaging/icons/svg-shapes.ts';
import { shellView } from '../../../main/electron/shell-view.ts';
import { shellWordsOf } from '../../../main/electron/shell-words.ts';

const assets = path.resolve(import.meta.dirname, '..', '..', '..', 'assets');
const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const svg = (body: string) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">${body}</svg>`;

/** Red, green, blue and alpha of the pixel that holds a point of a drawing of eight by eight. */
function colourAt(body: string, x: number, y: number): number[] {
  const pixels = pixelsOf(readDrawing(svg(body)), 8);
  return [...pixels.subarray((y * 8 + x) * 4, (y * 8 + x) * 4 + 4)];
}

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
});

describe('a drawing', () => {
  it.each([
    ['nothing', '', 4, 4, [0, 0, 0, 0]],
    ['a rectangle', '<rect width="4" height="8" fill="#102030" />', 2, 4, [16, 32, 48, 255]],
    ['beside it', '<rect width="4" height="8" fill="#102030" />', 5, 4, [0, 0, 0, 0]],
    ['a round corner', '<rect width="8" height="8" rx="4" fill="#102030" />', 0, 0, [0, 0, 0, 0]],
    ['a disc', '<circle cx="4" cy="4" r="3" fill="#ffffff" />', 4, 4, [255, 255, 255, 255]],
    ['a ring', '<circle cx="4" cy="4" r="3" fill="none" stroke="#ffffff" stroke-width="2" />', 4, 4, [0, 0, 0, 0]],
    [
      'its line',
      '<circle cx="4" cy="4" r="3" fill="none" stroke="#ffffff" stroke-width="2" />',
      4,
      1,
      [255, 255, 255, 255],
    ],
    ['a triangle', '<path d="M0 0 8 0V8Z" fill="#00ff00" />', 6, 2, [0, 255, 0, 255]],
    ['below it', '<path d="M0 0 8 0V8Z" fill="#00ff00" />', 1, 6, [0, 0, 0, 0]],
    ['a butt end', '<path d="M2 4h2" fill="none" stroke="#000000" stroke-width="2" />', 4, 3, [0, 0, 0, 0]],
    [
      'half a shade',
      '<rect width="8" height="8" fill="none" stroke="none" /><rect width="8" height="8" fill="#ffffff" />',
      4,
      4,
      [255, 255, 255, 255],
    ],
  ])('of %s', (_what, body, x, y, colour) => {
    expect(colourAt(body, x, y)).toEqual(colour);
  });

  it('lays what lets light through over what is below', () => {
    const body =
      '<rect width="8" height="8" fill="#000000" />' +
      '<circle cx="4" cy="4" r="3" fill="none" stroke="#ffffff" stroke-opacity="0.5" stroke-width="2" />';
    expect(colourAt(body, 4, 1)).toEqual([128, 128, 128, 255]);
  });

  it('is half there where its edge goes through a pixel', () => {
    expect(colourAt('<rect width="4.5" height="8" fill="#000000" />', 4, 4)).toEqual([0, 0, 0, 128]);
  });

  it.each([
    ['<text>x</text>', /only empty elements/],
    ['<rect width="8" height="8" filter="url(#a)" />', /<rect filter> cannot be drawn/],
    ['<ellipse rx="1" />', /<ellipse/],
    ['<circle cx="1" cy="1" r="x" />', /r="x" is no number/],
    ['<circle cx="1" cy="1" r="1" fill="red" />', /colour red/],
    ['<path d="M0 0C1 1 2 2 3 3" />', /command C/],
    ['<path d="M0 0A1 2 0 0 0 3 3" />', /only arcs of circles/],
    ['<path d="M0" />', /ends too early/],
    ['<path d="M0 0h4" stroke="#000000" stroke-linecap="square" />', /square/],
  ])('of %s is refused', (body, reason) => {
    expect(() => pixelsOf(readDrawing(svg(body)), 8)).toThrow(reason);
  });

  it('becomes a PNG that says what it holds', () => {
    const png = renderPng(readDrawing(svg('<rect width="8" height="8" fill="#102030" />')), 8);
    expect(png.subarray(0, 4)).toEqual(pngHead);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([8, 8]);
    const data = png.indexOf('IDAT');
    const rows = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)));
    expect(rows).toHaveLength(8 * (1 + 8 * 4));
    expect([...rows.subarray(0, 5)]).toEqual([0, 16, 32, 48, 255]);
  });
});

describe('images of the application', () => {
  it('are a mark for each level of the tray, in both densities, and the icon of a window', () => {
    const images = appImages(assets);
    const levels = ['live', 'eyes', 'stale', 'stopped'];
    const names = levels.flatMap((level) => [`${level}.png`, `${level}@2x.png`]);
    expect([...images.keys()].sort()).toEqual([...names, 'window.png'].sort());
    expect(readdirSync(path.join(assets, 'tray')).sort()).toEqual(levels.map((level) => `${level}.svg`).sort());
    expect(levels).toContain(shellView(null, 0, shellWordsOf('en')).level);
    const marks = new Set(levels.map((level) => images.get(`${level}.png`)?.toString('base64')));
    expect(marks.size).toBe(levels.length);
  });

  it('differ in shape, not in colour alone', () => {
    const shapeOf = (level: string) => {
      const pixels = pixelsOf(readDrawing(readFileSync(path.join(assets, 'tray', `${level}.svg`), 'utf8')), 18);
      return Array.from({ length: 18 * 18 }, (_, index) => (pixels[index * 4 + 3] ?? 0) > 127);
    };
    const shapes = ['live', 'eyes', 'stale', 'stopped'].map(shapeOf);
    for (const [index, one] of shapes.entries()) {
      for (const other of shapes.slice(index + 1)) {
        const different = one.filter((each, at) => each !== other[at]).length;
        expect(different).toBeGreaterThan(40);
      }
    }
  });
});
