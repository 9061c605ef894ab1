import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { revokeDesk } from '../../../gateway/store/desks.ts';
import { pairDesk, sessionOf } from './test-desk.ts';
import type { TestDesk } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';
import { PATIENCE } from '../../support/patience.ts';

let gateway: TestGateway;
let desk: TestDesk;
let token: string;
beforeAll(async () => {
  gateway = await startGateway();
  desk = await pairDesk(gateway);
  token = await sessionOf(gateway, desk);
  for (let n = 0; n < 5; n += 1) await gateway.deliver({ id: `n${n}`, ref: `n${n}` });
});
afterAll(() => gateway.stop());

const events = (query: string) => gateway.call('GET', `/v1/stores/main/events?${query}`, { token });
const head = () => gateway.gateway.storage.log.head('main');
const seqs = (body: Record<string, unknown>) => (body['events'] as { seq: number }[]).map(({ seq }) => seq);

test('events after a position, in pages, with the head', async () => {
  const { epoch, seq } = head();
  const { body } = await events(`epoch=${epoch}&after=1&limit=3`);
  expect(body).toMatchObject({ epoch, head: seq, emittedAt: gateway.clock.at });
  expect(seqs(body)).toEqual([2, 3, 4]);
  for (const wrong of ['limit=1001', 'limit=0', 'after=-1', 'wait=x']) expect((await events(wrong)).status).toBe(422);
});

test('[DL4] 409 with the reason a snapshot is needed', async () => {
  const { epoch, seq } = head();
  const answers = await Promise.all([
    events('epoch=another&after=1'),
    events(`epoch=${epoch}&after=${seq + 1}`),
    events(`epoch=${epoch}&after=2&id=other`),
  ]);
  expect(answers.map(({ status, code }) => [status, code])).toEqual([
    [409, 'epoch-changed'],
    [409, 'ahead'],
    [409, 'diverged'],
  ]);
});

test('a poll waits for the next event, and answers at once when it comes', async () => {
  const { epoch, seq } = head();
  const waiting = events(`epoch=${epoch}&after=${seq}&wait=25`);
  await vi.waitFor(() => expect(openPolls()).toBe(1), PATIENCE);
  await gateway.deliver({ id: 'awaited', ref: 'awaited' });
  expect(seqs((await waiting).body)).toEqual([seq + 1]);
  const started = performance.now();
  const empty = await events(`epoch=${epoch}&after=${seq + 1}&wait=0.2`);
  expect([seqs(empty.body), empty.body['head']]).toEqual([[], seq + 1]);
  expect(performance.now() - started).toBeGreaterThanOrEqual(190);
});

test('[AU3] revoking a desk ends its open polls, and no others', async () => {
  const own = await pairDesk(gateway);
  const ownToken = await sessionOf(gateway, own);
  const { epoch, seq } = head();
  const path = `/v1/stores/main/events?epoch=${epoch}&after=${seq}&wait=25`;
  const ended = gateway.call('GET', path, { token: ownToken });
  const kept = events(`epoch=${epoch}&after=${seq}&wait=25`);
  await vi.waitFor(() => expect(openPolls()).toBe(2), PATIENCE);
  const { openStorage } = await import('../../../gateway/store/open-store.ts');
  const beside = await openStorage({ dataDir: gateway.dataDir, clock: Date });
  await beside.writer.write((tx) => revokeDesk(tx, own.id, gateway.clock.at));
  await beside.close();
  const answer = await ended;
  expect([answer.status, answer.code]).toEqual([401, 'revoked']);
  expect(openPolls()).toBe(1);
  await gateway.deliver({ id: 'kept', ref: 'kept' });
  expect(seqs((await kept).body)).toEqual([seq + 1]);
});

test('a poll that its desk gives up leaves nothing behind', async () => {
  const { epoch, seq } = head();
  const controller = new AbortController();
  const url = `${gateway.url}/v1/stores/main/events?epoch=${epoch}&after=${seq}&wait=25`;
  const given = fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: controller.signal });
  await vi.waitFor(() => expect(openPolls()).toBe(1), PATIENCE);
  controller.abort();
  await expect(given).rejects.toThrow();
  await vi.waitFor(() => expect(openPolls()).toBe(0), PATIENCE);
});

function openPolls(): number {
  return gateway.gateway.openPolls();
}
