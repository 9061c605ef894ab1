import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { root } from '../../support/e2e/program.ts';
import { PATIENCE } from '../../support/patience.ts';

let folder: string;
let children: ChildProcess[];
let servers: Server[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tillwatch-demo-'));
  children = [];
  servers = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
});

function demo(...args: string[]) {
  const command = [path.join(root, 'demo/index.ts'), ...args];
  const child = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'pipe'] });
  children.push(child);
  const [out, errors]: [string[], string[]] = [[], []];
  createInterface(child.stdout).on('line', (line) => out.push(line));
  createInterface(child.stderr).on('line', (line) => errors.push(line));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const hello = async () => {
    await vi.waitFor(() => expect(out.length).toBeGreaterThan(0), PATIENCE);
    return JSON.parse(out[0] ?? '') as {
      processor: string;
      chain: string;
      config: string;
      env: Record<string, string>;
    };
  };
  return { child, out, errors, ended, hello };
}

const launched = (...more: string[]) => ['--launched', '--port-processor', '0', '--port-chain', '0', ...more];

async function ask(url: string, method: string): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: ['latest', false] });
  const response = await fetch(url, { method: 'POST', body });
  return ((await response.json()) as { result: unknown }).result;
}

/** Takes orders and webhooks as a gateway does, and remembers them. */
async function pretendGateway() {
  const calls: { path: string; key: string | undefined; body: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      calls.push({ path: request.url ?? '', key: request.headers.authorization, body });
      response.writeHead(200).end('{}');
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

describe('the demo as a program', () => {
  it('says where it listens, sells once it is told where, and ends when its launcher does', async () => {
    const gateway = await pretendGateway();
    const { child, hello, ended } = demo(...launched('--rate', '60'));
    const { processor, chain, config, env } = await hello();
    expect(config).toContain(processor);
    expect(config).toContain(chain);
    expect(Object.keys(env).sort()).toEqual(['TILLWATCH_DEMO_API_KEY', 'TILLWATCH_DEMO_WEBHOOK_SECRET']);
    for (const secret of Object.values(env)) expect(config).not.toContain(secret);
    const headers = { authorization: `Bearer ${env['TILLWATCH_DEMO_API_KEY'] ?? ''}` };
    expect((await fetch(`${processor}/payments`, { headers })).status).toBe(200);
    child.stdin.write(`${JSON.stringify({ gateway: gateway.url, key: 'twk_9' })}\n`);
    await vi.waitFor(() => {
      expect(gateway.calls).toContainEqual(
        expect.objectContaining({ path: '/v1/stores/main/orders', key: 'Bearer twk_9' }),
      );
      expect(gateway.calls).toContainEqual(expect.objectContaining({ path: '/v1/webhooks/crypto-com' }));
    }, PATIENCE);
    child.stdin.end();
    expect(await ended).toBe(0);
  });

  it('continues over a restart: the same chain, later references, no address twice', async () => {
    const gateway = await pretendGateway();
    const run = async () => {
      const { child, hello, ended } = demo(...launched('--data', folder, '--seed', 's', '--block-seconds', '0.1'));
      const { chain } = await hello();
      const first = (await ask(chain, 'eth_getBlockByNumber')) as { number: string };
      const seen = gateway.calls.length;
      child.stdin.write(`${JSON.stringify({ gateway: gateway.url, key: 'k' })}\n`);
      const placed = () => gateway.calls.slice(seen).filter((call) => call.path.endsWith('/orders'));
      await vi.waitFor(() => expect(placed().length).toBeGreaterThan(2), PATIENCE);
      const last = (await ask(chain, 'eth_getBlockByNumber')) as { number: string };
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      const orders = placed().map(({ body }) => JSON.parse(body) as { reference: string; pay: { address: string }[] });
      return { first: Number(first.number), last: Number(last.number), orders };
    };
    const [one, two] = [await run(), await run()];
    expect(two.first).toBeGreaterThanOrEqual(one.last);
    const references = [...one.orders, ...two.orders].map(({ reference }) => reference);
    const addresses = [...one.orders, ...two.orders].map(({ pay }) => pay[0]?.address);
    expect(new Set(references).size).toBe(references.length);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it("prints the configuration for a gateway of one's own, and help", async () => {
    const config = demo('--print-config', '--port-chain', '1234');
    expect(await config.ended).toBe(0);
    expect(config.out.join('\n')).toContain('rpc: ["ws://127.0.0.1:1234", "http://127.0.0.1:1234"]');
    const help = demo('--help');
    expect(await help.ended).toBe(0);
    expect(help.out.join('\n')).toContain('--scenario');
  });

  it('ends with 2 for wrong arguments, with 1 when a port is taken, and says why', async () => {
    const wrong = demo('--rate', 'x', '--gateway', 'http://h');
    expect(await wrong.ended).toBe(2);
    expect(wrong.errors.join('\n')).toContain('--rate');
    const { url } = await pretendGateway();
    const taken = demo(...launched('--port-chain', new URL(url).port));
    expect(await taken.ended).toBe(1);
    expect(taken.errors.join('\n')).toContain('EADDRINUSE');
  });
});
