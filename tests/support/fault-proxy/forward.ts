import { request as open } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Forwarded {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/**
 * Sends a request on to the gateway as it came.
 * @param sent is shown the body once it is whole, and says what goes on in its place
 * @returns the answer; null when there is none, and the one who asked has been left without
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  port: number | null,
  sent: (body: string) => string,
): Promise<Forwarded | null> {
  const lost = (): null => {
    request.socket.destroy();
    return null;
  };
  try {
    const body = await whole(request);
    if (port === null) return lost();
    const onwardBody = sent(body);
    const { method, url } = request;
    // The length is told anew: what goes on may be longer or shorter than what came.
    const { 'content-length': length, ...rest } = request.headers;
    const headers = length === undefined ? rest : { ...rest, 'content-length': Buffer.byteLength(onwardBody) };
    return await new Promise((resolve) => {
      const onward = open({ port, host: '127.0.0.1', method, path: url, headers }, (answer) => {
        whole(answer).then(
          (text) => resolve({ status: answer.statusCode ?? 502, headers: plainHeaders(answer), body: text }),
          () => resolve(lost()),
        );
      });
      onward.on('error', () => resolve(lost()));
      // Who asked has gone: the gateway learns it as it would without anybody between.
      response.on('close', () => onward.destroy());
      onward.end(onwardBody);
    });
  } catch {
    return lost();
  }
}

async function whole(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** What belongs to one connection alone, or is said anew, stays behind. */
const own = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

function plainHeaders({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !own.has(name))
      .map(([name, value]) => [name, String(value)]),
  );
}
