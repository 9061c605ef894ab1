import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { post, webhooksOf } from './crypto-com-pay.ts';
import { Refused, connect, online, pairDesk, session, ticket } from './desk.ts';
import { ORDERS, bearer, order, place } from './direct-order.ts';
import { command, run, serve } from './gateway-process.ts';
import { call } from './http.ts';
import type { Json } from './http.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';
import { PATIENCE } from '../../support/patience.ts';
import { processEnd } from '../../support/process-end.ts';

let bench: Workbench;
let url: string;

beforeAll(async () => {
  bench = await openWorkbench();
  url = bench.url;
});
afterAll(() => bench.close());

const json = (text: string): Json => JSON.parse(text) as Json;

describe('beside a gateway that serves', () => {
  test('pair prints the code and a link that names this gateway, as one JSON object', async () => {
    const args = ['pair', '--data', bench.data, '--store', 'main', '--store', 'second', '--role', 'admin'];
    const { status, stdout, stderr } = await run([...args, '--json']);
    const { code, expiresAt, link } = json(stdout) as { code: string; expiresAt: number; link: string };
    expect([status, stderr, Object.keys(json(stdout))]).toEqual([0, '', ['code', 'expiresAt', 'link']]);
    expect(expiresAt - Date.now()).toBeGreaterThan(9 * 60_000);
    expect(expiresAt - Date.now()).toBeLessThanOrEqual(10 * 60_000);
    expect(link).toBe(`tillwatch://pair?gateway=${encodeURIComponent(url)}&code=${code}`);
    const desk = await pairDesk(url, code, 'Front\u001b[2J counter');
    const listed = (await command('desks', '--data', bench.data, 'list')) as { items: Json[] };
    expect(listed.items).toContainEqual(
      expect.objectContaining({ id: desk.deskId, role: 'admin', stores: ['main', 'second'] }),
    );
    const text = await run(['desks', '--data', bench.data]);
    expect([text.stdout.includes(desk.deskId), text.stdout.includes('\u001b')]).toEqual([true, false]);
    expect(await command('desks', '--data', bench.data, 'revoke', desk.deskId)).toMatchObject({ id: desk.deskId });
  });

  test('a key is shown once, works at once, and is stored as no more than its hash', async () => {
    const made = await command(
      'key',
      '--data',
      bench.data,
      'create',
      '--store',
      'main',
      '--scope',
      'orders:write',
      '--name',
      'Shop',
    );
    expect(Object.keys(made)).toEqual(['id', 'key']);
    expect((await place(url, String(made.key), order(1))).status).toBe(201);
    const { stdout } = await run(['key', '--data', bench.data, 'list']);
    expect([stdout.includes(String(made.id)), stdout.includes(String(made.key))]).toEqual([true, false]);
    for (const name of await readdir(bench.data))
      expect((await readFile(join(bench.data, name))).includes(String(made.key)), name).toBe(false);
    expect(await command('key', '--data', bench.data, 'revoke', String(made.id))).toMatchObject({ id: made.id });
    await vi.waitFor(
      async () => expect((await call(url, ORDERS, { headers: bearer(String(made.key)) })).status).toBe(401),
      PATIENCE,
    );
  });

  test('what is kept is for its owner alone', async () => {
    expect((await stat(bench.data)).mode & 0o077).toBe(0);
    const file = join(bench.folder, 'backup');
    await command('backup', '--data', bench.data, '--out', file);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  test('a backup is never written over the database in use', async () => {
    const [name = ''] = (await readdir(bench.data)).filter((each) => each.endsWith('.db'));
    const own = join(bench.data, name);
    expect((await run(['backup', '--data', bench.data, '--out', own])).status).toBe(2);
    expect((await run(['restore', '--data', bench.data, '--from', own])).status).toBe(2);
    expect((await run(['restore', '--data', bench.data, '--from', bench.config])).status).toBe(1);
    expect(await post(url, webhooksOf(1, Date.now())[0]?.body ?? '')).toBe(200);
  });

  test('a second gateway on the same data, or the same port, says what to do', async () => {
    const same = await run(['serve', '--data', bench.data, '--port', '0']);
    expect([same.status, same.stdout]).toEqual([1, '']);
    const taken = await run(['serve', '--data', join(bench.folder, 'other'), '--port', new URL(url).port]);
    expect([taken.status, taken.stderr]).toEqual([1, expect.stringContaining('--port')]);
  });

  test.each([
    [[]],
    [['dance']],
    [['serve']],
    [['serve', '--data', 'x', '--port', '70000']],
    [['pair', '--data', 'x', '--store', 'main', '--role', 'king']],
    [['key', '--data', 'x', 'create', '--store', 'main', '--scope', 'all', '--name', 'n']],
    [['desks', '--data', 'no such folder']],
    [['backup', '--data', 'x', '--out']],
  ])('%j ends with 2, and says nothing on stdout', async (args) => {
    const { status, stdout, stderr } = await run(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('check', () => {
  async function check(yaml: string, env = {}): Promise<[number | null, [number, string][]]> {
    const file = join(bench.folder, 'checked.yaml');
    await writeFile(file, yaml);
    const { status, stdout } = await run(['check', '--config', file, '--json'], env);
    const { faults } = json(stdout) as { faults: { line: number; field: string; message: string }[] };
    return [status, faults.map(({ line, field }) => [line, field])];
  }

  const store = 'stores:\n  - id: main\n    currency: USD\n';
  const source =
    'sources:\n  - id: cdc\n    kind: crypto-com-pay\n    store: main\n    webhookSecrets: ["${TW_SECRET}"]\n';

  test('names line and field of every fault', async () => {
    const chain = 'chains:\n  - { id: "eip155:1", kind: evm, rpc: ["http://node.example"], confirmations: 12 }\n';
    expect(await check(`${store}    timezone: UTC\n    lateGraceMinutes: -1\nbogus: 1\n`)).toEqual([
      2,
      [
        [4, 'stores.0.timezone'],
        [5, 'stores.0.lateGraceMinutes'],
        [6, 'bogus'],
      ],
    ]);
    expect(await check(`${store}${source}`)).toEqual([2, [[8, 'sources.0.webhookSecrets.0']]]);
    expect(await check(`${store}${source}`, { TW_SECRET: '' })).toEqual([2, [[8, 'sources.0.webhookSecrets.0']]]);
    expect(await check(`${store}${source}${chain}`, { TW_SECRET: 'a: "b" # c\nd' })).toEqual([0, []]);
    expect(await check(`${store}trustProxy: [nonsense]\n`)).toEqual([2, [[4, 'trustProxy.0']]]);
    expect(await check('stores: [')).toEqual([2, [[1, '']]]);
  });

  test('serve refuses what check refuses, in the same words', async () => {
    const file = join(bench.folder, 'wrong.yaml');
    await writeFile(file, `${store}    colour: red\n`);
    const served = await run(['serve', '--data', join(bench.folder, 'never'), '--config', file, '--port', '0']);
    expect([served.status, served.stdout]).toEqual([2, '']);
    expect(served.stderr).toBe((await run(['check', '--config', file])).stderr);
    expect(served.stderr).toContain(`${file}:4: stores.0.colour`);
  });
});

describe('SIGTERM', () => {
  test('tells the desks, ends polls, keeps what was acknowledged, and exits 0 within 10 s', async () => {
    const drained = await openWorkbench();
    try {
      const desk = await pairDesk(drained.url, await drained.pairingCode('staff'));
      const connection = await online(desk);
      const headers = await session(desk);
      const late = await ticket(desk);
      const { stores } = (await connection.ask('health', { sentAt: 1 })) as { stores: { head: number }[] };
      const path = `/v1/stores/main/events?after=${stores[0]?.head}&wait=25`;
      const poll = call(drained.url, path, { headers });
      await call(drained.url, '/healthz');
      const acknowledged: number[] = [];
      const sending = webhooks(20).map(async (body, n) => {
        if ((await post(drained.url, body)) === 200) acknowledged.push(n);
      });
      const { child } = drained.gateway();
      child.kill('SIGTERM');
      const ending = processEnd(child);
      await vi.waitFor(
        () => expect(connection.notices).toEqual([{ kind: 'draining', retryAfterMs: expect.any(Number) }]),
        PATIENCE,
      );
      const refused: unknown = await connect(drained.url, { ticket: late, protocol: 1 }).catch(
        (error: unknown) => error,
      );
      expect(refused).toBeInstanceOf(Refused);
      expect([undefined, { code: 'draining', retryAfterMs: expect.any(Number) }]).toContainEqual(
        (refused as Refused).data,
      );
      const { status, ms } = await ending;
      expect(status).toBe(0);
      expect(ms).toBeLessThan(10_000);
      expect(connection.ended()).not.toBe('');
      expect((await poll).status).toBe(200);
      await Promise.all(sending);
      await drained.restart();
      const shop = bearer(await drained.key('orders:read'));
      for (const n of acknowledged)
        expect((await call(drained.url, `${ORDERS}?q=BB-${n}`, { headers: shop })).text).toContain(`"BB-${n}"`);
    } finally {
      await drained.close();
    }
  });

  function webhooks(count: number): string[] {
    return Array.from({ length: count }, (_, n) => webhooksOf(n, Date.now())[0]?.body ?? '');
  }

  test('a gateway without configuration has one store, main', async () => {
    const empty = join(bench.folder, 'empty.yaml');
    await writeFile(empty, '');
    const data = join(bench.folder, 'fresh');
    const fresh = await serve(data, empty);
    try {
      const { code } = await command('pair', '--data', data, '--store', 'main', '--role', 'staff');
      const paired = await call(fresh.url, '/v1/sessions', {
        body: { ticket: await ticket(await pairDesk(fresh.url, String(code))) },
      });
      const headers = bearer(String(paired.body.token));
      expect((await call(fresh.url, '/v1/stores/main/snapshot', { headers })).body).toMatchObject({
        orders: [],
        store: { id: 'main' },
      });
    } finally {
      await fresh.kill();
    }
  });
});
