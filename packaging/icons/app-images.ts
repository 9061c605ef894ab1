import { readFileSync } from 'node:fs';
import path from 'node:path';
import { renderPng } from './render.ts';
import { readDrawing } from './svg-shapes.ts';

/** The marks of the tray, by name; they differ in shape, so that they are told apart without their colour. */
const marks = ['live', 'eyes', 'stale', 'stopped'] as const;

/** Pixels of a mark; Electron finds the one for dense displays by its name. */
const markSizes = { '': 18, '@2x': 36 } as const;

const windowPixels = 256;

/**
 * The images that the application itself shows, as PNG by file name: the marks of the tray, and the icon that a window
 * has on Linux.
 * @param assets the folder of the drawings
 */
export function appImages(assets: string): ReadonlyMap<string, Buffer> {
  const drawingOf = (file: string) => readDrawing(readFileSync(path.join(assets, file), 'utf8'));
  const images = new Map([['window.png', renderPng(drawingOf('icon.svg'), windowPixels)]]);
  for (const mark of marks) {
    const drawing = drawingOf(path.join('tray', `${mark}.svg`));
    for (const [suffix, size] of Object.entries(markSizes))
      images.set(`${mark}${suffix}.png`, renderPng(drawing, size));
  }
  return images;
}
