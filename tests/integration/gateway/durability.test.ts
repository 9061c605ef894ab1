import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createHmac } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { createGateway } from '../../../gateway/app.ts';
import { listDesks, revokeDesk } from '../../../gateway/store/desks.ts';
import { writeBackup } from '../../../gateway/store/backup.ts';
import { openStorage } from '../../../gateway/store/open-store.ts';
import { restoreBackup } from '../../../gateway/store/restore.ts';
import { openDesk, pairDesk, sessionOf } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import { testOrder } from './test-source.ts';
import { PATIENCE } from '../../support/patience.ts';

test('[DL1] a restart keeps the epoch, the log and its numbering', async () => {
  const gateway = await startGateway();
  await gateway.deliver({ id: 'a', ref: 'a' });
  const before = gateway.gateway.storage.log.head('main');
  await gateway.restart();
  expect(gateway.gateway.storage.log.head('main')).toEqual(before);
  await gateway.deliver({ id: 'b', ref: 'b' });
  expect(gateway.gateway.storage.log.head('main').seq).toBe(before.seq + 1);
  await gateway.stop();
});

test('[DL1] [DL4] a restore beside the serving gateway begins a new epoch, and its desks are told', async () => {
  const gateway = await startGateway();
  const [desk, revoked] = [await pairDesk(gateway), await pairDesk(gateway)];
  await gateway.deliver({ id: 'kept', ref: 'kept' });
  const file = join(gateway.dataDir, 'backup.db');
  await writeBackup(gateway.dataDir, file);
  await gateway.deliver({ id: 'lost', ref: 'lost' });
  await gateway.gateway.storage.writer.write((tx) => revokeDesk(tx, revoked.id, gateway.clock.at));
  const code = await gateway.pairingCode('staff');
  const client = await openDesk(gateway, desk);
  await client.ask('subscribe', { store: 'main', after: null });
  const before = gateway.gateway.storage.log.head('main');
  const position = { epoch: before.epoch, seq: before.seq };

  const restored = await restoreBackup(gateway.dataDir, file);
  const epoch = restored.stores.find(({ id }) => id === 'main')?.epoch;
  expect(epoch).not.toBe(before.epoch);
  await vi.waitFor(
    () => expect(client.notices).toContainEqual({ kind: 'epoch-changed', store: 'main', epoch }),
    PATIENCE,
  );
  const answer = await client.ask('subscribe', { store: 'main', after: position });
  expect(answer).toEqual({ ok: true, mode: 'snapshot', reason: 'epoch-changed', epoch, head: before.seq - 1 });

  expect(await gateway.gateway.storage.ledger.order('main', testOrder('lost'))).toBeUndefined();
  await gateway.deliver({ id: 'lost', ref: 'lost' });
  expect(gateway.gateway.storage.log.head('main')).toMatchObject({ epoch, seq: before.seq });
  const token = await sessionOf(gateway, desk);
  const { body } = await gateway.call('GET', '/v1/stores/main/snapshot', { token });
  expect([body['epoch'], body['seq'], (body['orders'] as unknown[]).length]).toEqual([epoch, before.seq, 2]);

  const desks = await listDesks(gateway.gateway.storage.reader);
  expect(desks.map(({ id, revokedAt }) => [id, revokedAt === null])).toEqual(
    expect.arrayContaining([
      [desk.id, true],
      [revoked.id, false],
    ]),
  );
  const late = await gateway.call('POST', '/v1/desks', { body: { code, name: 'x', publicKey: 'A'.repeat(43) } });
  expect(late.status).not.toBe(200);
  client.close();
  await gateway.stop();
});

test('[DL1][DL4] whoever starts from nothing after a restore gets a picture, not events of the epoch before', async () => {
  const gateway = await startGateway();
  const desk = await pairDesk(gateway);
  await gateway.deliver({ id: 'a', ref: 'a' });
  const file = join(gateway.dataDir, 'backup.db');
  await writeBackup(gateway.dataDir, file);
  const { seq } = gateway.gateway.storage.log.head('main');
  const [main] = (await restoreBackup(gateway.dataDir, file)).stores.filter(({ id }) => id === 'main');
  await vi.waitFor(() => expect(gateway.gateway.storage.log.head('main').epoch).toBe(main?.epoch), PATIENCE);
  const client = await openDesk(gateway, desk);
  const asked = async (after: object | null) => client.ask('subscribe', { store: 'main', after });
  const { epoch } = gateway.gateway.storage.log.head('main');

  // A log in which nothing happened since: there is nothing to be had but the picture.
  const fresh = { ok: true, mode: 'snapshot', reason: 'epoch-changed', epoch, head: seq };
  expect(await asked(null)).toEqual(fresh);
  await gateway.deliver({ id: 'b', ref: 'b' });
  const { seq: head } = gateway.gateway.storage.log.head('main');
  expect(await asked(null)).toEqual({ ...fresh, head });
  expect(await asked({ epoch, seq: seq - 1 })).toEqual({ ...fresh, head });
  const token = await sessionOf(gateway, desk);
  const poll = await gateway.call('GET', '/v1/stores/main/events?after=0', { token });
  expect([poll.status, poll.code]).toEqual([409, 'epoch-changed']);

  expect(await asked({ epoch, seq })).toEqual({ ok: true, mode: 'resumed', epoch, head });
  await vi.waitFor(
    () => expect(client.events.map((event) => [event.seq, event.epoch])).toContainEqual([head, epoch]),
    PATIENCE,
  );
  expect(client.events.every((event) => event.epoch === epoch)).toBe(true);
  client.close();
  await gateway.stop();
});

test('a file that is no backup of ours changes nothing', async () => {
  const gateway = await startGateway();
  await gateway.deliver({ id: 'a', ref: 'a' });
  const before = gateway.gateway.storage.log.head('main');
  const file = join(gateway.dataDir, 'not-a-backup');
  await writeFile(file, 'not a database at all, but long enough to be looked at '.repeat(50));
  await expect(restoreBackup(gateway.dataDir, file)).rejects.toThrow(/not-a-backup can't be restored/);
  await expect(restoreBackup(gateway.dataDir, join(gateway.dataDir, 'none'))).rejects.toThrow(/there is no file/);
  await gateway.deliver({ id: 'b', ref: 'b' });
  expect(gateway.gateway.storage.log.head('main')).toEqual({ ...before, seq: before.seq + 1 });
  await gateway.stop();
});

test('[DL1] a full disk is 5xx and not ready, never a 2xx without the data; with room again all goes on', async () => {
  const gateway = await startGateway();
  await gateway.deliver({ id: 'before', ref: 'before' });
  const { storage } = gateway.gateway;
  await storage.writer.write(async () => storage.execute('pragma max_page_count = 1'));
  const statuses: number[] = [];
  for (let n = 0; n < 60 && statuses.at(-1) !== 500; n += 1) {
    statuses.push(await gateway.deliver({ id: `full-${n}`, ref: `full-${n}`, padding: 'x'.repeat(3_900) }));
  }
  expect(statuses.at(-1)).toBe(500);
  const ready = await gateway.call('GET', '/readyz');
  expect([ready.status, ready.body['reasons']]).toEqual([503, [expect.stringContaining('full')]]);
  await storage.writer.write(async () => storage.execute('pragma max_page_count = 1000000'));
  expect(await gateway.deliver({ id: 'after', ref: 'after' })).toBe(200);
  expect((await gateway.call('GET', '/readyz')).status).toBe(200);
  // What could be kept but not applied is read again from time to time, and at a start at once.
  await gateway.restart();
  const { ledger, log } = gateway.gateway.storage;
  for (const [n, status] of statuses.entries()) {
    const order = await ledger.order('main', testOrder(`full-${n}`));
    expect([n, status, order !== undefined]).toEqual([n, status, status === 200]);
  }
  const events = await log.read('main', 0, 10_000, 1e9);
  expect(events.map(({ event }) => event.seq)).toEqual(events.map((_, n) => n + 1));
  await gateway.stop();
});

test('two gateways never serve one folder', async () => {
  const gateway = await startGateway();
  const again = createGateway({
    version: 'test',
    dataDir: gateway.dataDir,
    clock: Date,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    stores: [],
    sources: [],
    chains: [],
    diagnose: () => [],
    mapDirectOrder: () => ({ ok: false, faults: [] }),
  });
  await expect(again).rejects.toThrow(/another gateway serves/);
  await gateway.stop();
});

test('closing twice is harmless, and nothing answers after it', async () => {
  const gateway = await startGateway();
  await Promise.all([gateway.gateway.close(), gateway.gateway.close()]);
  await expect(gateway.call('GET', '/healthz')).rejects.toThrow();
  await gateway.stop();
});

test('[DL1] SIGKILL in the middle of a storm loses nothing that was acknowledged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tillwatch-kill-'));
  const config = join(folder, 'gateway.yaml');
  await writeFile(config, 'sources: [{ id: cdc, kind: crypto-com-pay, store: main, webhookSecrets: [secret] }]\n');
  const entry = join(import.meta.dirname, '../../../gateway/index.ts');
  const args = [entry, 'serve', '--data', join(folder, 'data'), '--port', '0', '--config', config];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = line.replace('Tillwatch gateway listening on ', '');
  const acknowledged: string[] = [];
  const send = async (n: number): Promise<void> => {
    const ref = `payment-${n}`;
    const now = Math.floor(Date.now() / 1000);
    const object = {
      id: ref,
      amount: 100,
      currency: 'USD',
      status: 'pending',
      live_mode: true,
      created: now,
      expired_at: now + 600,
    };
    const body = JSON.stringify({
      id: `e-${n}`,
      object_type: 'payment',
      type: 'payment.created',
      created: now,
      data: { object },
    });
    const v1 = createHmac('sha256', 'secret').update(`${now}.${body}`).digest('hex');
    const headers = { 'pay-signature': `t=${now},v1=${v1}`, 'content-type': 'application/json' };
    const response = await fetch(`${url}/v1/webhooks/cdc`, { method: 'POST', body, headers }).catch(() => null);
    if (response?.status === 200) acknowledged.push(ref);
  };
  const killed = vi.waitFor(() => expect(acknowledged.length).toBeGreaterThan(200), { ...PATIENCE, interval: 1 });
  const storm = Promise.all(
    Array.from({ length: 16 }, async (_, worker) => {
      for (let n = worker; n < 4_000 && child.signalCode === null; n += 16) await send(n);
    }),
  );
  await killed;
  child.kill('SIGKILL');
  await Promise.all([once(child, 'exit'), storm]);
  const storage = await openStorage({ dataDir: join(folder, 'data'), clock: Date });
  const rows = await storage.reader.db.selectFrom('orders').select('json').execute();
  const kept = new Set(rows.map(({ json }) => (JSON.parse(json) as { sourceRef: string }).sourceRef));
  expect(acknowledged.filter((ref) => !kept.has(ref))).toEqual([]);
  const events = await storage.reader.db.selectFrom('events').select('seq').orderBy('seq').execute();
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, n) => n + 1));
  await storage.close();
  await rm(folder, { recursive: true, force: true });
});
