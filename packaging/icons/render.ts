import { crc32, deflateSync } from 'node:zlib';
import type { Drawing } from './svg-shapes.ts';

/** Points looked at in a pixel, along each side. */
const samples = 8;

/** A drawing as a PNG of so many pixels a side, transparent where nothing is painted. */
export function renderPng(drawing: Drawing, size: number): Buffer {
  return png(pixelsOf(drawing, size), size);
}

/** Red, green, blue and alpha of each pixel, row by row; colours are not multiplied by alpha. */
export function pixelsOf(drawing: Drawing, size: number): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  const scale = drawing.size / size;
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) paint(drawing, pixels, (y * size + x) * 4, [x * scale, y * scale, scale]);
  }
  return pixels;
}

function paint(
  drawing: Drawing,
  pixels: Buffer,
  at: number,
  [left, top, side]: readonly [number, number, number],
): void {
  const step = side / samples;
  const seen = (column: number, row: number) =>
    layersAt(drawing, left + (column + 0.5) * step, top + (row + 0.5) * step);
  const far = samples - 1;
  const corners = [seen(0, 0), seen(far, 0), seen(0, far), seen(far, far)];
  const [first = 0] = corners;
  // No part of a drawing is so thin that it would pass between the corners of a pixel.
  const even = corners.every((layers) => layers === first);
  const looks = even ? 1 : samples * samples;
  const sum = [0, 0, 0, 0];
  for (let n = 0; n < looks; n += 1) {
    const paintOf = mixed(drawing, even ? first : seen(n % samples, Math.floor(n / samples)));
    for (const [index, value] of paintOf.entries()) sum[index] = (sum[index] ?? 0) + value;
  }
  const [red = 0, green = 0, blue = 0, alpha = 0] = sum;
  if (alpha === 0) return;
  pixels.set([red / alpha, green / alpha, blue / alpha, (alpha * 255) / looks].map(Math.round), at);
}

/** Which coats cover a point, as the bits of a number. */
function layersAt({ coats }: Drawing, x: number, y: number): number {
  let layers = 0;
  for (let n = 0; n < coats.length; n += 1) if (coats[n]?.covers([x, y])) layers |= 1 << n;
  return layers;
}

/** The colour of those coats one over the other; red, green and blue are multiplied by alpha. */
function mixed({ coats }: Drawing, layers: number): readonly [number, number, number, number] {
  let [r, g, b, a] = [0, 0, 0, 0];
  for (const [n, { colour }] of coats.entries()) {
    if ((layers & (1 << n)) === 0) continue;
    const under = 1 - colour.alpha;
    const [red, green, blue] = colour.rgb;
    [r, g, b] = [r * under + red * colour.alpha, g * under + green * colour.alpha, b * under + blue * colour.alpha];
    a = a * under + colour.alpha;
  }
  return [r, g, b, a];
}

/** Source: PNG (third edition), "PNG datastream structure": RGBA of eight bits, no filter, no interlace. */
function png(pixels: Buffer, size: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: size }, (_, y) =>
    Buffer.concat([Buffer.of(0), pixels.subarray(y * size * 4, (y + 1) * size * 4)]),
  );
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const data = deflateSync(Buffer.concat(rows), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
