import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';

export interface Frame {
  readonly id?: number;
  readonly ok?: boolean;
  readonly output?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
  readonly push?: string;
  readonly payload?: unknown;
}

/** Exchanges a link for its cookie, as a browser would. */
export async function cookieOf(link: string): Promise<string> {
  const answer = await fetch(link, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';', 1)[0];
  if (answer.status !== 303 || cookie === undefined) throw new Error(`the link was refused: ${answer.status}`);
  return cookie;
}

/** A page's socket without a browser: keeps every frame, and waits for those a test asks for. */
export class PageClient {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];
  #checks: (() => void)[] = [];
  #last = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString('utf8')) as Frame);
      for (const check of this.#checks) check();
    });
  }

  static async open(link: string, headers: Record<string, string> = {}): Promise<PageClient> {
    const { host, origin } = new URL(link);
    const cookie = await cookieOf(link);
    const socket = new WebSocket(`ws://${host}/ipc`, { headers: { origin, cookie, ...headers } });
    const client = new PageClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** The first frame that fits, whether it came already or is still to come. */
  waitFor(fits: (frame: Frame) => boolean): Promise<Frame> {
    return new Promise((resolve) => {
      const check = () => {
        const frame = this.frames.find(fits);
        if (!frame) return;
        this.#checks = this.#checks.filter((other) => other !== check);
        resolve(frame);
      };
      this.#checks.push(check);
      check();
    });
  }

  request(request: string, input: unknown = {}): Promise<Frame> {
    this.#last += 1;
    const id = this.#last;
    this.socket.send(JSON.stringify({ id, request, input }));
    return this.waitFor((frame) => frame.id === id);
  }

  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    this.socket.close();
    await once(this.socket, 'close');
  }
}

/** The HTTP status with which an upgrade is refused; 101 when it was granted. */
export async function upgradeStatus(url: string, headers: Record<string, string>): Promise<number> {
  const socket = new WebSocket(url, { headers });
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    socket.once('unexpected-response', (_request, response: IncomingMessage) => {
      response.resume();
      socket.terminate();
      resolve(response.statusCode ?? 0);
    });
    socket.once('open', () => {
      socket.terminate();
      resolve(101);
    });
  });
}
