/** The built gateway needs Node and nothing else. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, closeSync, existsSync, openSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../../client/gateway-client.ts';
import { matching } from '../../../client/matching.ts';
import { pair } from '../../../client/pair.ts';
import { post, signature, webhooksOf } from '../black-box/crypto-com-pay.ts';
import { processEnd } from '../../support/process-end.ts';
import { FILE, InstalledGateway } from './installed-gateway.ts';

const SECRET = 'whsec-one-file';
let gateway: InstalledGateway;

beforeAll(() => {
  gateway = new InstalledGateway();
  gateway.configure(`
stores: [{ id: main, name: Main street }]
sources: [{ id: cdc, kind: crypto-com-pay, store: main, webhookSecrets: ['${SECRET}'] }]
`);
});
afterAll(() => gateway.close());

const now = () => Math.floor(Date.now() / 1000);

test('alone in a folder it serves, pairs, takes a signed webhook, ends in time, and has everything after a restart', async () => {
  const first = await gateway.serve();
  const { code } = await gateway.command('pair', '--data', 'data', '--store', 'main', '--role', 'support');
  const identity = await pair({ gateway: first.url, code: String(code), name: 'Front counter' });
  const client = await connect(identity);
  await client.subscribe('main', 'start');
  const [webhook] = webhooksOf(1, Date.now());
  const body = webhook?.body ?? '';
  expect(await post(first.url, body, signature(body, now(), SECRET))).toBe(200);
  expect(await post(first.url, `${body} `, signature(body, now(), SECRET))).toBe(401);
  const created = await client.waitFor(matching({ kind: 'order.created' }));

  first.child.kill('SIGTERM');
  const { status, ms } = await processEnd(first.child);
  expect(status).toBe(0);
  expect(ms).toBeLessThan(10_000);
  await client.close();

  const again = await gateway.serve(Number(new URL(first.url).port));
  const back = await connect(identity);
  await back.subscribe('main', 'start');
  expect(await back.waitFor(matching({ kind: 'order.created' }))).toEqual(created);
  await back.close();
  again.child.kill('SIGTERM');
  expect(await once(again.child, 'exit')).toEqual([0, null]);
  expect(readdirSync(gateway.home).sort()).toEqual(['data', 'gateway.yaml', FILE]);
});

test('the licences of what it holds lie beside it, in full', () => {
  const held = ['fastify', 'socket.io', 'kysely', 'viem', 'ws', 'yaml', 'zod'];
  expect(held.filter((name) => !gateway.licenses.includes(`\n## ${name} - `))).toEqual([]);
  expect(gateway.licenses).toContain('Permission is hereby granted, free of charge');
});

test('it imports nothing that is not in Node, and names no folder of where it was built', () => {
  const text = readFileSync(path.join(gateway.home, FILE), 'utf8');
  const imports = [...text.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, name = '']) => name);
  expect(imports.length).toBeGreaterThan(5);
  expect(imports.filter((name) => !isBuiltin(name))).toEqual([]);
  expect(text).not.toContain(path.resolve(import.meta.dirname, '../../..'));
});

test('it says how it is called itself', async () => {
  const { status, stdout } = await gateway.run(['help']);
  expect(status).toBe(0);
  expect(stdout).toContain(`Usage: node ${FILE} COMMAND`);
  const wrong = await gateway.run(['pair', '--data', 'data']);
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain(`\`node ${FILE} help pair\``);
  expect(stdout + wrong.stderr).not.toContain('npm run');
});

test('it runs by itself, and under another name, as an installed command', () => {
  const command = path.join(gateway.dir, 'tillwatch-gateway');
  chmodSync(path.join(gateway.home, FILE), 0o755);
  symlinkSync(path.join(gateway.home, FILE), command);
  const env = { PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin` };
  const { status, stdout } = spawnSync(command, ['help'], { env, encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toContain('Usage: tillwatch-gateway COMMAND');
});

test.runIf(existsSync('/dev/full'))(
  'a key that could not be shown is not done, and says so; a reader that left is told nothing',
  () => {
    const args = [
      FILE,
      'key',
      '--data',
      'unread',
      'create',
      '--store',
      'main',
      '--scope',
      'operator',
      '--name',
      'Lost',
    ];
    const full = openSync('/dev/full', 'w');
    const lost = spawnSync(process.execPath, args, {
      cwd: gateway.home,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect([lost.status, lost.stderr]).toEqual([1, 'The answer could not be printed: the disk is full.\n']);
    const script = `"${process.execPath}" ${FILE} help | true; echo "\${PIPESTATUS[0]}"`;
    const left = spawnSync('bash', ['-c', script], { cwd: gateway.home, encoding: 'utf8' });
    expect(left.stderr).toBe('');
    expect(['0\n', '1\n']).toContain(left.stdout);
    rmSync(path.join(gateway.home, 'unread'), { recursive: true });
  },
);

/** A Node that says it is older: what an old one lacks is not taken away, so `node:sqlite` is looked for in the file. */
const pretendNode = (version: string) => {
  const versions = `{ ...process.versions, node: '${version}' }`;
  const script = `Object.defineProperty(process, 'versions', { value: ${versions} })`;
  return ['--import', `data:text/javascript,${encodeURIComponent(script)}`];
};

test.each(['18.20.4', '20.19.0', '22.15.0', '23.11.1'])('in Node %s it says what it needs', async (version) => {
  const { status, stdout, stderr } = await gateway.run(['help'], pretendNode(version));
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(`needs Node 24 or newer; this is Node ${version}`);
});

test('nothing that an old Node lacks is imported before the file can say so', () => {
  const text = readFileSync(path.join(gateway.home, FILE), 'utf8');
  expect(text).not.toMatch(/from "node:sqlite"/);
});

test.each(['24.0.0', '26.1.0', '100.0.0'])('in Node %s it runs', async (version) => {
  expect(await gateway.run(['help'], pretendNode(version))).toMatchObject({ status: 0, stderr: '' });
});
