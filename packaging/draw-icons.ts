/** `npm run icons`: draws the icons of the installers from assets/icon.svg into dist/icons. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { icnsOf, icoOf } from './icons/icon-container.ts';
import { renderPng } from './icons/render.ts';
import { readDrawing } from './icons/svg-shapes.ts';

const out = path.resolve('dist', 'icons');
const linux = path.join(out, 'linux');
const drawing = readDrawing(readFileSync(path.join('assets', 'icon.svg'), 'utf8'));
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const images = sizes.map((size) => ({ size, png: renderPng(drawing, size) }));
mkdirSync(linux, { recursive: true });
for (const { size, png } of images.filter((image) => image.size <= 512)) {
  writeFileSync(path.join(linux, `${size}x${size}.png`), png);
}
writeFileSync(path.join(out, 'icon.ico'), icoOf(images.filter(({ size }) => size <= 256)));
writeFileSync(path.join(out, 'icon.icns'), icnsOf(images));
