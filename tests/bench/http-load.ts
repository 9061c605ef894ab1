/** Requests over kept connections, each with one under way: as fast as the other side answers, or at a steady rate. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface LoadResult {
  /** Requests answered, per second, from the first sent to the last answered. */
  readonly perSecond: number;
  /** Milliseconds from a request's first byte sent to its answer's last byte read, in order of the answers. */
  readonly latencies: readonly number[];
  /** Places in the list of requests of those answered with 200. */
  readonly taken: readonly number[];
  readonly refused: number;
}

/** One request as it goes over the line. */
export function postRequest(url: URL, headers: Readonly<Record<string, string>>, body: string): Buffer {
  const lines = Object.entries({ ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.from(`POST ${url.pathname} HTTP/1.1\r\n${head}\r\n${body}`);
}

/**
 * Sends every request once, on as many connections as said. Ends early where the server goes away.
 * @param requests already written out, so that making them costs nothing meanwhile
 */
export async function sendAll(url: URL, requests: readonly Buffer[], connections: number): Promise<LoadResult> {
  const latencies: number[] = [];
  const taken: number[] = [];
  let refused = 0;
  let next = 0;
  const begun = performance.now();
  const lane = async (): Promise<void> => {
    const line = await open(url);
    try {
      while (next < requests.length) {
        const place = next++;
        const from = performance.now();
        const status = await line.exchange(requests[place] ?? Buffer.alloc(0));
        if (status === null) return;
        latencies.push(performance.now() - from);
        if (status === 200) taken.push(place);
        else refused += 1;
      }
    } finally {
      line.end();
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - begun) / 1000;
  return { perSecond: latencies.length / seconds, latencies, taken, refused };
}

interface Line {
  /** @returns the status of the answer, null when the line ended instead */
  exchange(request: Buffer): Promise<number | null>;
  end(): void;
}

async function open(url: URL): Promise<Line> {
  const socket = connect({ port: Number(url.port), host: url.hostname, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return lineOver(socket);
}

function lineOver(socket: Socket): Line {
  let received = '';
  let answered: ((status: number | null) => void) | null = null;
  const settle = (status: number | null): void => {
    const resolve = answered;
    answered = null;
    resolve?.(status);
  };
  socket.setEncoding('latin1');
  socket.on('error', () => socket.destroy());
  socket.on('close', () => settle(null));
  socket.on('data', (chunk: string) => {
    received += chunk;
    const answer = readAnswer(received);
    if (answer === null) return;
    received = received.slice(answer.length);
    settle(answer.status);
  });
  return {
    exchange: (request) =>
      new Promise((resolve) => {
        if (socket.destroyed) resolve(null);
        answered = resolve;
        socket.write(request);
      }),
    end: () => socket.destroy(),
  };
}

/** Kept connections to one place, as many as are needed at once. */
export class LinePool {
  readonly #url: URL;
  readonly #free: Line[] = [];

  constructor(url: URL) {
    this.#url = url;
  }

  /** @returns the status of the answer, null when the line ended instead */
  async exchange(request: Buffer): Promise<number | null> {
    const line = this.#free.pop() ?? (await open(this.#url));
    const status = await line.exchange(request);
    this.#free.push(line);
    return status;
  }

  /** Ends what is not in use. */
  end(): void {
    for (const line of this.#free.splice(0)) line.end();
  }
}

/**
 * @returns the answer at the beginning of what was received, null while it is not whole
 * @throws Error for an answer that does not say how long it is
 */
export function readAnswer(received: string): { status: number; length: number } | null {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd === -1) return null;
  const head = received.slice(0, headEnd).toLowerCase();
  const body = /\r\ncontent-length: (\d+)/.exec(head);
  if (!body) throw new Error('an answer without content-length cannot be read here');
  const length = headEnd + 4 + Number(body[1]);
  return received.length < length ? null : { status: Number(head.slice(9, 12)), length };
}
