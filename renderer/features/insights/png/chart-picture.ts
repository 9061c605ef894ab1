/** Draws a chart with its title and notes as a picture. */
import { stillSvg } from './still-svg.ts';

/** Pixels of the picture to one of the page, so that it stays sharp in print. */
const SCALE = 2;
const EDGE = 24;
const LINE = 20;
const TITLE = 18;

export interface Caption {
  readonly title: string;
  /** Lines below the title: what is counted, and as of when. */
  readonly lines: readonly string[];
  /** What the lines of the chart are, below it. */
  readonly legend: readonly { readonly name: string; readonly dashed: boolean }[];
}

function imageOf(svg: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () => reject(new Error('the chart could not be drawn'));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  });
}

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))), 'image/png');
  });
}

function paintLegend(paint: CanvasRenderingContext2D, legend: Caption['legend'], y: number, colours: Colours): void {
  let x = EDGE;
  for (const { name, dashed } of legend) {
    paint.strokeStyle = dashed ? colours.second : colours.first;
    paint.lineWidth = 2;
    paint.setLineDash(dashed ? [6, 4] : []);
    paint.beginPath();
    paint.moveTo(x, y - 4);
    paint.lineTo(x + 24, y - 4);
    paint.stroke();
    paint.fillStyle = colours.soft;
    paint.fillText(name, x + 32, y);
    x += 32 + paint.measureText(name).width + 24;
  }
}

interface Colours {
  readonly ground: string;
  readonly ink: string;
  readonly soft: string;
  readonly first: string;
  readonly second: string;
  readonly font: string;
}

/** The page's own colours, as the browser resolves them where the chart stands. */
function coloursOf(holder: HTMLElement): Colours {
  const probe = holder.ownerDocument.createElement('span');
  holder.append(probe);
  const colour = (name: string) => {
    probe.style.color = `var(--tw-${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    ...{ ground: colour('surface'), ink: colour('ink'), soft: colour('soft') },
    ...{ first: colour('brand'), second: colour('odd'), font: getComputedStyle(holder).fontFamily },
  };
  probe.remove();
  return colours;
}

/**
 * @param holder what holds the chart's drawing on the page
 * @returns the picture's bytes (PNG)
 * @throws Error when there is no chart, or the browser can't draw it
 */
export async function chartPicture(holder: HTMLElement, caption: Caption): Promise<Blob> {
  const svg = holder.querySelector('svg');
  if (!svg) throw new Error('there is no chart to draw');
  const { width, height } = svg.getBoundingClientRect();
  const colours = coloursOf(holder);
  const image = await imageOf(stillSvg(svg, getComputedStyle));
  const head = EDGE + TITLE + caption.lines.length * LINE + LINE / 2;
  const foot = caption.legend.length > 0 ? LINE + EDGE : EDGE;
  const canvas = document.createElement('canvas');
  canvas.width = (width + 2 * EDGE) * SCALE;
  canvas.height = (head + height + foot) * SCALE;
  const paint = canvas.getContext('2d');
  if (!paint) throw new Error('the browser gives no canvas');
  paint.scale(SCALE, SCALE);
  paint.fillStyle = colours.ground;
  paint.fillRect(0, 0, canvas.width, canvas.height);
  paint.fillStyle = colours.ink;
  paint.font = `600 ${TITLE}px ${colours.font}`;
  paint.fillText(caption.title, EDGE, EDGE + TITLE / 2);
  paint.font = `13px ${colours.font}`;
  paint.fillStyle = colours.soft;
  for (const [n, line] of caption.lines.entries()) paint.fillText(line, EDGE, EDGE + TITLE + (n + 0.6) * LINE);
  paint.drawImage(image, EDGE, head, width, height);
  paintLegend(paint, caption.legend, head + height + LINE, colours);
  return blobOf(canvas);
}
