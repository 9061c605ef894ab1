/** The anchor of P10: a process that serves a page with one line of text, and nothing else. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type EmptyPage = {
  /** @returns the URL it listens on */
  open(input: null): Promise<string>;
};

const PAGE = '<!doctype html><html lang="en" data-ready="true"><title>Empty</title><p>Nothing yet.</p></html>';

export function createStation(): EmptyPage {
  return {
    open: async () => {
      const server = createServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
  };
}
