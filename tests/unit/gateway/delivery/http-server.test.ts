import { once } from 'node:events';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createHttpServer } from '../../../../gateway/delivery/http-server.ts';
import type { Services } from '../../../../gateway/delivery/services.ts';
import { PATIENCE } from '../../../support/patience.ts';

const logged: string[] = [];
let draining = false;
/** As much of a gateway as calls without a sender need. */
const services = {
  version: '0',
  storage: {},
  obstacles: () => [],
  draining: () => draining,
  traffic: { answered: () => undefined, limited: () => undefined },
  log: { error: (_fields: object, message: string) => logged.push(message) },
} as unknown as Services;

const app = createHttpServer(services);
afterEach(() => app.close());

test('a gateway that ends keeps no line, and refuses what comes late in its own envelope', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const answered = async (during: () => Promise<void>, ...bytes: [first: string, then: string]): Promise<string> => {
    const taken = once(app.server, 'connection') as Promise<[Socket]>;
    const line = connect(port, '127.0.0.1');
    let text = '';
    line.on('data', (chunk: Buffer) => (text += chunk.toString()));
    line.write(bytes[0]);
    const [begun] = await taken;
    await expect.poll(() => begun.bytesRead, PATIENCE).toBe(bytes[0].length);
    await during();
    line.write(bytes[1]);
    await once(line, 'close');
    return text;
  };
  const alive = 'GET /healthz HTTP/1.1\r\nHost: x\r\n';
  const drains = async (): Promise<void> => void (draining = true);
  expect(await answered(drains, alive, '\r\n')).toMatch(/^HTTP\/1\.1 200 [^]*connection: close/i);

  let closed: Promise<void> | undefined;
  const closes = async (): Promise<void> => {
    closed = app.close();
    await expect.poll(() => app.server.listening, PATIENCE).toBe(false);
  };
  const late = await answered(closes, alive, '\r\n');
  expect(late).toMatch(/^HTTP\/1\.1 503 [^]*retry-after: 2[^]*"error":\{"code":"draining"/i);
  expect(late).toMatch(/connection: close/i);
  await closed;
  expect(logged).toEqual([]);
});
