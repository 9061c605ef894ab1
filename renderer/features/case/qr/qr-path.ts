/** A QR code as the path of an SVG picture, one square unit a module, its quiet zone left free. Pure. */
import { encodeQR } from 'qr';

/** Modules that stay light around a code. Source: ISO/IEC 18004. */
const QUIET = 4;

export interface QrPath {
  /** Modules across, the quiet zone with them. */
  readonly size: number;
  readonly path: string;
}

export function qrPath(text: string): QrPath {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
  return { size: rows.length, path: rows.map((row, y) => runsOf(row, y)).join('') };
}

/** Neighbouring dark modules are drawn in one stroke, so that no light line shows between them. */
function runsOf(row: readonly boolean[], y: number): string {
  let path = '';
  for (let x = 0; x < row.length; x += 1) {
    if (row[x] !== true) continue;
    const from = x;
    while (row[x + 1] === true) x += 1;
    path += `M${from} ${y}h${x + 1 - from}v1h-${x + 1 - from}z`;
  }
  return path;
}
