import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ScriptedChain } from './scripted-chain.ts';

/** A test node of one shape, on a free port of this machine. */
export interface TestNode {
  readonly url: string;
  /** What it shows; another one lets it lie or lag. */
  chain: ScriptedChain;
  /** What it was asked, in order. */
  readonly asked: string[];
  /** Answers every request with this status while it is not null. */
  failing: number | null;
  close(): Promise<void>;
}

export type Answering = (node: TestNode, request: IncomingMessage, body: string, response: ServerResponse) => void;

export async function startTestNode(chain: ScriptedChain, answer: Answering, credentials = ''): Promise<TestNode> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      if (node.failing !== null) response.writeHead(node.failing).end('out of order');
      else answer(node, request, Buffer.concat(parts).toString('utf8'), response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const node: TestNode = {
    url: `http://${credentials === '' ? '' : `${credentials}@`}127.0.0.1:${port}`,
    chain,
    asked: [],
    failing: null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return node;
}
