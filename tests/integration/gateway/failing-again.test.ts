import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PATIENCE } from '../../support/patience.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';
import { testOrder } from './test-source.ts';

let gateway: TestGateway;
beforeEach(async () => void (gateway = await startGateway()));
afterEach(async () => {
  vi.restoreAllMocks();
  await gateway.stop();
});

const full = new Error('database or disk is full');
const said = (message: string) =>
  gateway.log.filter((line) => line.message === message).map(({ fields }) => (fields as { unsaid?: number }).unsaid);

test('while a disk is full, what is tried twice a second is said once in ten seconds', async () => {
  const { ledger } = gateway.gateway.storage;
  await gateway.deliver({ id: 'w', ref: 'late', fact: { expiresAt: gateway.clock.at + 1 } });
  const append = vi.spyOn(ledger, 'append').mockRejectedValue(full);
  gateway.clock.at += 1;
  await expect.poll(() => append.mock.calls.length, PATIENCE).toBeGreaterThan(5);
  expect(said('expiry could not be checked')).toEqual([undefined]);
  gateway.clock.at += 10_000;
  await expect.poll(() => said('expiry could not be checked'), PATIENCE).toHaveLength(2);
  expect(said('expiry could not be checked').at(-1)).toBeGreaterThan(2);
  append.mockRestore();
  await expect.poll(async () => (await ledger.order('main', testOrder('late')))?.status, PATIENCE).toBe('expired');
});

test('a call that fails for everybody is said once in ten seconds, each call for itself', async () => {
  const token = await gateway.key(['orders:read']);
  vi.spyOn(gateway.gateway.storage.ledger, 'order').mockRejectedValue(full);
  const call = async (path: string) =>
    expect((await gateway.call('GET', `/v1/stores/main/orders/ord_x${path}`, { token })).status).toBe(500);
  for (const path of ['', '', '', '/export', '/export']) await call(path);
  expect(said('a request failed')).toEqual([0, 0]);
  gateway.clock.at += 10_000;
  await call('');
  expect(said('a request failed')).toEqual([0, 0, 2]);
});
