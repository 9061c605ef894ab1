import type { IncomingMessage } from 'node:http';

/** A request's body as text. @throws RangeError when it is longer than `most` bytes */
export async function readBody(request: IncomingMessage, most = 1024 * 1024): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > most) throw new RangeError(`a body of more than ${most} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
