import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { postRequest, readAnswer, sendAll } from '../../bench/http-load.ts';

describe('the load of the bench', () => {
  it('reads one answer at a time, and waits for the rest of a part', () => {
    const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
    expect(readAnswer(answer.slice(0, -1))).toBeNull();
    expect(readAnswer('HTTP/1.1 200 OK\r\nCont')).toBeNull();
    expect(readAnswer(`${answer}HTTP/1.1 401 No`)).toEqual({ status: 200, length: answer.length });
    expect(() => readAnswer('HTTP/1.1 200 OK\r\n\r\n')).toThrow(/content-length/);
  });

  it('sends every request once, and tells taken from refused', async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      request.setEncoding('utf8').once('data', (body: string) => {
        bodies.push(body);
        response.writeHead(body === 'bad' ? 401 : 200, { 'content-length': 0 }).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`);
    const requests = ['a', 'bad', 'b', 'c'].map((body) => postRequest(url, {}, body));
    const { taken, refused, latencies } = await sendAll(url, requests, 2);
    server.close();
    expect(bodies.toSorted()).toEqual(['a', 'b', 'bad', 'c']);
    expect(taken.toSorted()).toEqual([0, 2, 3]);
    expect(refused).toBe(1);
    expect(latencies).toHaveLength(4);
  });

  it('ends with what was taken where the other side goes away', async () => {
    let answered = 0;
    const server = createServer((request, response) => {
      request.resume();
      answered += 1;
      if (answered > 3) server.closeAllConnections();
      else response.writeHead(200, { 'content-length': 0 }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`);
    const requests = Array.from({ length: 10 }, () => postRequest(url, {}, 'x'));
    const { taken } = await sendAll(url, requests, 1);
    server.close();
    expect(taken).toEqual([0, 1, 2]);
  });
});
