/**
 * Reads the drawings in assets/: the small part of SVG that they are written in. What is not in it is a fault, so that no
 * drawing comes out other than a browser would show it. Source: SVG 2, "Basic Shapes", "Paths", "Painting".
 */
import { pathLines } from './svg-path.ts';
import type { Line, Point } from './svg-path.ts';

export interface Colour {
  /** Red, green and blue, 0 to 255. */
  readonly rgb: readonly [number, number, number];
  /** 0 to 1. */
  readonly alpha: number;
}

/** One coat of paint: which points of the drawing it covers. */
export interface Coat {
  readonly colour: Colour;
  covers(point: Point): boolean;
}

export interface Drawing {
  /** Both sides of the view box, which is square and begins at 0 0. */
  readonly size: number;
  /** The lowest first. */
  readonly coats: readonly Coat[];
}

type Attributes = ReadonlyMap<string, string>;

const painting = ['fill', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-linecap', 'stroke-dasharray'];
const geometry: Readonly<Record<string, readonly string[]>> = {
  rect: ['x', 'y', 'width', 'height', 'rx'],
  circle: ['cx', 'cy', 'r'],
  path: ['d'],
};

/** @throws Error that names what cannot be drawn */
export function readDrawing(svg: string): Drawing {
  const root = /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 (\d+) (\d+)">([\s\S]*)<\/svg>\s*$/.exec(
    svg,
  );
  if (!root || root[1] !== root[2]) throw new Error('a drawing is a square <svg> with a view box from 0 0');
  const body = root[3] ?? '';
  const elements = [...body.matchAll(/<([a-z]+)((?: [a-z-]+="[^"]*")*) \/>/g)];
  const rest = body.replace(/<[a-z]+(?: [a-z-]+="[^"]*")* \/>/g, '').trim();
  if (rest !== '') throw new Error(`a drawing has only empty elements, not ${rest.slice(0, 40)}`);
  return {
    size: Number(root[1]),
    coats: elements.flatMap(([, name = '', text = '']) => coatsOf(name, attributesIn(text))),
  };
}

function attributesIn(text: string): Attributes {
  return new Map([...text.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]));
}

function coatsOf(name: string, attributes: Attributes): Coat[] {
  const known = [...(geometry[name] ?? []), ...painting];
  const strange = [...attributes.keys()].find((each) => !known.includes(each));
  if (!geometry[name] || strange !== undefined) throw new Error(`<${name} ${strange ?? ''}> cannot be drawn`);
  const shape = shapeOf(name, attributes);
  const fill = colourOf(attributes.get('fill') ?? '#000000', 1);
  const stroke = colourOf(attributes.get('stroke') ?? 'none', number(attributes, 'stroke-opacity', 1));
  const line = strokeOf(attributes);
  return [
    ...(fill ? [{ colour: fill, covers: shape.inside }] : []),
    ...(stroke ? [{ colour: stroke, covers: shape.onLine(line) }] : []),
  ];
}

interface Stroke {
  readonly half: number;
  readonly round: boolean;
  readonly dashes: readonly number[];
}

function strokeOf(attributes: Attributes): Stroke {
  const cap = attributes.get('stroke-linecap') ?? 'butt';
  if (cap !== 'butt' && cap !== 'round') throw new Error(`stroke-linecap ${cap} cannot be drawn`);
  const dashes = (attributes.get('stroke-dasharray') ?? '').split(/[\s,]+/).filter((each) => each !== '');
  return { half: number(attributes, 'stroke-width', 1) / 2, round: cap === 'round', dashes: dashes.map(Number) };
}

interface Shape {
  readonly inside: (point: Point) => boolean;
  readonly onLine: (stroke: Stroke) => (point: Point) => boolean;
}

function shapeOf(name: string, attributes: Attributes): Shape {
  if (name === 'circle') return circle(number(attributes, 'cx'), number(attributes, 'cy'), number(attributes, 'r'));
  if (name === 'rect') return rect(attributes);
  return path(pathLines(attributes.get('d') ?? ''));
}

function circle(cx: number, cy: number, r: number): Shape {
  return {
    inside: ([x, y]) => Math.hypot(x - cx, y - cy) <= r,
    onLine: ({ half, round, dashes: [on = Infinity, off = 0] }) => {
      if (round && on !== Infinity) throw new Error('round dashes on a circle cannot be drawn');
      return ([x, y]) => {
        if (Math.abs(Math.hypot(x - cx, y - cy) - r) > half) return false;
        // A circle begins at three o'clock and goes on clockwise.
        const along = ((Math.atan2(y - cy, x - cx) + 2 * Math.PI) % (2 * Math.PI)) * r;
        return on === Infinity || along % (on + off) <= on;
      };
    },
  };
}

function rect(attributes: Attributes): Shape {
  const [x, y, rx] = [number(attributes, 'x', 0), number(attributes, 'y', 0), number(attributes, 'rx', 0)];
  const [width, height] = [number(attributes, 'width'), number(attributes, 'height')];
  return {
    inside([px, py]) {
      // How far into the square of a corner, of which only a quarter of a circle is left.
      const [dx, dy] = [Math.abs(px - x - width / 2) - width / 2 + rx, Math.abs(py - y - height / 2) - height / 2 + rx];
      return dx <= rx && dy <= rx && (dx <= 0 || dy <= 0 || Math.hypot(dx, dy) <= rx);
    },
    onLine() {
      throw new Error('the line of a <rect> cannot be drawn');
    },
  };
}

function path(lines: readonly Line[]): Shape {
  return {
    inside: (point) => lines.reduce((odd, { points }) => odd !== crosses(points, point), false),
    onLine({ half, round, dashes }) {
      if (dashes.length > 0) throw new Error('dashes on a <path> cannot be drawn');
      const bounded = lines.map((line) => ({ line, box: boxOf(line, half) }));
      return (point) => bounded.some(({ line, box }) => isIn(box, point) && isNear(line, point, half, round));
    },
  };
}

/** Whether a ray from the point to the right leaves the polygon an odd number of times. */
function crosses(points: readonly Point[], [x, y]: Point): boolean {
  let odd = false;
  points.forEach(([bx, by], index) => {
    const [ax, ay] = points.at(index - 1) ?? [bx, by];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  });
  return odd;
}

type Box = readonly [left: number, top: number, right: number, bottom: number];

function boxOf({ points }: Line, margin: number): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...xs) - margin, Math.min(...ys) - margin, Math.max(...xs) + margin, Math.max(...ys) + margin];
}

function isIn([left, top, right, bottom]: Box, [x, y]: Point): boolean {
  return x >= left && x <= right && y >= top && y <= bottom;
}

/** Whether a point is on a line of this half width; where two pieces join they join round. */
function isNear({ points, closed }: Line, [x, y]: Point, half: number, round: boolean): boolean {
  const last = points.length - 1;
  return points.some(([bx, by], index) => {
    if (index === 0 && !closed) return false;
    const [ax, ay] = points.at(index - 1) ?? [bx, by];
    const [dx, dy] = [bx - ax, by - ay];
    const at = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1);
    const begins = !closed && index === 1;
    const ends = !closed && index === last;
    if (!round && ((begins && at < 0) || (ends && at > 1))) return false;
    const nearest = Math.min(1, Math.max(0, at));
    return Math.hypot(x - ax - nearest * dx, y - ay - nearest * dy) <= half;
  });
}

function number(attributes: Attributes, name: string, usual?: number): number {
  const text = attributes.get(name);
  const value = text === undefined ? usual : Number(text);
  if (value === undefined || !Number.isFinite(value)) throw new Error(`${name}="${text ?? ''}" is no number`);
  return value;
}

/** @returns null for `none` */
function colourOf(text: string, alpha: number): Colour | null {
  if (text === 'none') return null;
  const [, r, g, b] = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/.exec(text) ?? [];
  if (r === undefined || g === undefined || b === undefined) throw new Error(`the colour ${text} cannot be drawn`);
  return { rgb: [parseInt(r, 16), parseInt(g, 16), parseInt(b, 16)], alpha };
}
