/** `npm run doctor` as a person runs it: a process of its own, its output and its exit code. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { doctorReportSchema } from '../../../contract/doctor.ts';
import { startGateway } from '../gateway/test-gateway.ts';
import type { TestGateway } from '../gateway/test-gateway.ts';
import { pair } from './examined.ts';

const root = path.resolve(import.meta.dirname, '../../..');
let gateway: TestGateway;
let data: string;

beforeEach(async () => {
  gateway = await startGateway();
  data = await mkdtemp(path.join(tmpdir(), 'tillwatch-doctor-'));
});
afterEach(async () => {
  await gateway.stop();
  await rm(data, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function doctor(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(process.execPath, [path.join(root, 'main/doctor.ts'), ...args], (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

async function keep(folder: string, key: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'desk-key'), key, { mode: 0o600 });
}

describe('npm run doctor', () => {
  test('tells in words that all is well, with a profile’s identity', async () => {
    await keep(data, JSON.stringify(await pair(gateway.url, await gateway.pairingCode('staff'))));
    const { code, out } = await doctor('--data', data);
    expect(out).toMatch(/✓ ok {7}Identity {8}The gateway knows this device as Front counter \(staff\)\. \([\d.]+ ms\)/);
    expect(out).toMatch(/✓ ok {7}Events {10}Store main: goes on after #\d+, 0 to catch up\./);
    expect(out).toContain(`The way to ${gateway.url} is open.`);
    expect(code).toBe(0);
  });

  test('finds the profile below the folder that npm start is given', async () => {
    await keep(path.join(data, 'desk'), JSON.stringify(await pair(gateway.url, await gateway.pairingCode('admin'))));
    const { code, out } = await doctor('--gateway', gateway.url, '--data', data);
    expect([code, out]).toEqual([0, expect.stringContaining('Front counter (admin)')]);
  });

  test('examines the way to the gateway that the profile shows', async () => {
    const pairing = await pair(gateway.url, await gateway.pairingCode('admin'));
    await keep(data, JSON.stringify({ ...pairing, gateway: 'https://another.example.com' }));
    await keep(path.join(data, 'gateways', '2'), JSON.stringify(pairing));
    await writeFile(path.join(data, 'gateways.json'), JSON.stringify({ shown: '2', shownUntil: { 1: 5 } }));
    const { code, out } = await doctor('--data', data);
    expect([code, out]).toEqual([0, expect.stringContaining(`The way to ${gateway.url} is open.`)]);
  });

  test('prints one JSON object with --json, without secrets', async () => {
    const pairing = await pair(gateway.url, await gateway.pairingCode('staff'));
    await keep(data, JSON.stringify(pairing));
    const { code, out, err } = await doctor('--data', data, '--json');
    const report: unknown = JSON.parse(out);
    expect(report).toMatchObject({ result: 'ok', running: null });
    expect(doctorReportSchema.parse(report).steps).toHaveLength(11);
    expect(out + err).not.toContain(pairing.privateKey);
    expect(code).toBe(0);
  });

  test('ends with 1 where a step failed, and says what to try and what was left out', async () => {
    await gateway.gateway.close();
    const { code, out } = await doctor('--gateway', gateway.url);
    expect(out).toContain('✗ FAILED   Network         127.0.0.1 is there, but nothing listens on port');
    expect(out).toContain('What to do: Check the port in the gateway’s address, and whether the gateway runs.');
    expect(out).toContain('Not tried: Certificate, Gateway,');
    expect(out).toContain(`The way to ${gateway.url} ends at: Network.`);
    expect(code).toBe(1);
  });

  test.each<[string, (pairing: string) => string | null, string]>([
    ['no pairing', () => null, 'this device is not paired with this gateway'],
    ['a key that the system protects', () => '\u0001\u0002v10…', 'the operating system protects'],
    ['a pairing with another gateway', (own) => own.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1'), 'is paired with http'],
  ])('goes as far as it can with %s', async (_what, keyOf, said) => {
    const key = keyOf(JSON.stringify(await pair(gateway.url, await gateway.pairingCode('staff'))));
    if (key !== null) await keep(data, key);
    const { code, out } = await doctor('--gateway', gateway.url, '--data', data);
    expect(out).toContain(said);
    expect(out).toContain('✓ ok       WebSocket');
    expect(code).toBe(0);
  });

  test.each([
    ['nothing', [], 'Which gateway?'],
    ['plain http', ['--gateway', 'http://shop.example'], 'https:// only'],
    ['a profile without a pairing, and no address', ['--data', '/nonexistent'], 'This profile is not paired'],
  ])('ends with 2 for %s', async (_what, args, said) => {
    const { code, out, err } = await doctor(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(said);
    expect(err).toContain('npm run doctor --');
  });
});
