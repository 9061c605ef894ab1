export type Point = readonly [x: number, y: number];

/** A line of straight pieces. */
export interface Line {
  readonly points: readonly Point[];
  readonly closed: boolean;
}

/** How many straight pieces stand for a whole turn. */
const piecesOfTurn = 96;

/**
 * The lines of a path of moves, straight lines and arcs of circles. Source: SVG 2, "Path data".
 * @throws Error that names a command that cannot be drawn
 */
export function pathLines(d: string): Line[] {
  const pen = new Pen(d);
  while (pen.draws());
  return pen.lines;
}

class Pen {
  readonly lines: { points: Point[]; closed: boolean }[] = [];
  readonly #path: string;
  readonly #words: string[];
  #command = '';
  #at: Point = [0, 0];

  constructor(path: string) {
    this.#path = path;
    this.#words = [...path.matchAll(/[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)/g)].map(([word]) => word);
  }

  /** Draws one command. @returns false once there is none left */
  draws(): boolean {
    const [next] = this.#words;
    if (next === undefined) return false;
    if (/[a-zA-Z]/.test(next)) this.#command = this.#words.shift() ?? '';
    // What follows the two numbers of a move without a letter of its own are lines.
    else if (/m/i.test(this.#command)) this.#command = this.#command === 'M' ? 'L' : 'l';
    this.#draw();
    return true;
  }

  #draw(): void {
    const [x, y] = this.#at;
    const [ox, oy] = this.#command === this.#command.toLowerCase() ? [x, y] : [0, 0];
    switch (this.#command.toUpperCase()) {
      case 'M':
        this.#at = [ox + this.#number(), oy + this.#number()];
        this.lines.push({ points: [this.#at], closed: false });
        return;
      case 'L':
        this.#to([ox + this.#number(), oy + this.#number()]);
        return;
      case 'H':
        this.#to([ox + this.#number(), y]);
        return;
      case 'V':
        this.#to([x, oy + this.#number()]);
        return;
      case 'A':
        this.#arc(ox, oy);
        return;
      case 'Z':
        Object.assign(this.lines.at(-1) ?? {}, { closed: true });
        return;
      default:
        throw new Error(`the command ${this.#command} of a path cannot be drawn`);
    }
  }

  #to(point: Point): void {
    this.#at = point;
    this.lines.at(-1)?.points.push(point);
  }

  #arc(ox: number, oy: number): void {
    const [r, ry, turn, large, sweep] = [
      this.#number(),
      this.#number(),
      this.#number(),
      this.#number(),
      this.#number(),
    ];
    if (r !== ry || turn !== 0) throw new Error('only arcs of circles can be drawn');
    const end: Point = [ox + this.#number(), oy + this.#number()];
    for (const point of arcPoints(this.#at, end, { r, large: large === 1, sweep: sweep === 1 })) this.#to(point);
  }

  #number(): number {
    const value = Number(this.#words.shift());
    if (!Number.isFinite(value)) throw new Error(`the path ${this.#path} ends too early`);
    return value;
  }
}

interface Arc {
  readonly r: number;
  readonly large: boolean;
  readonly sweep: boolean;
}

/** Source: SVG 2, "Conversion from endpoint to center parameterization". */
function arcPoints([ax, ay]: Point, [bx, by]: Point, { r, large, sweep }: Arc): Point[] {
  const [mx, my] = [(ax - bx) / 2, (ay - by) / 2];
  const radius = Math.max(r, Math.hypot(mx, my));
  const root = Math.sqrt(Math.max(0, radius * radius - mx * mx - my * my)) / (Math.hypot(mx, my) || 1);
  const side = large === sweep ? -root : root;
  const [cx, cy] = [(ax + bx) / 2 + side * my, (ay + by) / 2 - side * mx];
  const from = Math.atan2(ay - cy, ax - cx);
  const whole = 2 * Math.PI;
  const turn = (((Math.atan2(by - cy, bx - cx) - from) % whole) + whole) % whole;
  const angle = sweep ? turn : turn - whole;
  const pieces = Math.max(1, Math.ceil((Math.abs(angle) / whole) * piecesOfTurn));
  return Array.from({ length: pieces }, (_, index) => {
    const at = from + (angle * (index + 1)) / pieces;
    return [cx + radius * Math.cos(at), cy + radius * Math.sin(at)];
  });
}
