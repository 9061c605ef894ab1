import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../launch/free-port.ts';
import { isRunningStart, readStartState, writeStartState } from '../../../launch/start-state.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tillwatch-state-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('what a start remembers', () => {
  it('comes back, and is nothing when it is missing or spoilt', () => {
    const file = path.join(dir, 'demo', 'launch.json');
    expect(readStartState(file)).toBeNull();
    writeStartState(file, { pid: 5, gatewayPort: 4711, shopKey: 'twk_1' });
    expect(readStartState(file)).toEqual({ pid: 5, gatewayPort: 4711, shopKey: 'twk_1' });
    expect(readdirSync(path.dirname(file))).toEqual(['launch.json']);
    for (const spoilt of ['{', 'null', '{"pid":"5","gatewayPort":1}', '{"pid":5,"gatewayPort":1}']) {
      writeFileSync(file, spoilt);
      expect(readStartState(file)).toBeNull();
    }
  });

  it('belongs to a start that runs only while its process lives and its gateway answers', async () => {
    const server = createServer((_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await isRunningStart({ pid: process.ppid, gatewayPort: port, shopKey: '' })).toBe(true);
    expect(await isRunningStart({ pid: process.pid, gatewayPort: port, shopKey: '' })).toBe(false);
    expect(await isRunningStart({ pid: 2 ** 30, gatewayPort: port, shopKey: '' })).toBe(false);
    expect(await freePort(port)).toBeNull();
    await new Promise((resolve) => void server.close(resolve));
    expect(await isRunningStart({ pid: process.ppid, gatewayPort: port, shopKey: '' })).toBe(false);
    expect(await freePort(port)).toBe(port);
  });
});
