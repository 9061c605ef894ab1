/** A gateway that takes one of two stores away from a desk. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startGateway } from '../gateway/test-gateway.ts';
import type { TestGateway } from '../gateway/test-gateway.ts';
import { testOrder } from '../gateway/test-source.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

let gateway: TestGateway;
let desk: DeskUnderTest;

beforeEach(async () => {
  gateway = await startGateway();
  desk = await startDesk();
  await desk.pair(gateway.url, await gateway.pairingCode('staff', ['main', 'other']));
  await desk.live();
});

afterEach(async () => {
  await desk.stop();
  await gateway.stop();
});

async function grant(...stores: string[]): Promise<void> {
  const { storage } = gateway.gateway;
  await storage.writer.write((tx) =>
    tx.db
      .updateTable('desks')
      .set({ stores: JSON.stringify(stores) })
      .execute(),
  );
}

test('the other store stays live, the one that was taken away is told and not kept', async () => {
  expect(desk.screen.state.stores.map(({ id }) => id)).toEqual(['main', 'other']);
  expect(desk.screen.state.withdrawn).toEqual([]);
  await desk.restart(() => grant('main'));
  await desk.live();
  expect(desk.screen.state).toMatchObject({
    connection: { state: 'live' },
    withdrawn: [{ id: 'other', name: 'Store other' }],
  });
  expect(desk.screen.state.stores.map(({ id }) => id)).toEqual(['main']);
  await gateway.deliver({ id: 'd1', ref: 'a', fact: {} });
  await desk.screen.until('the order', () => desk.screen.order(testOrder('a')) !== undefined);
  expect(desk.screen.state.reconnects).toBe(0);
  const read = desk.desk.handle('order.read', { store: 'other', order: 'x' });
  await expect(read).rejects.toMatchObject({ code: 'unknown-store' });
});

test('a store that is given back is there after the next start', async () => {
  await desk.restart(() => grant('main'));
  await desk.live();
  await desk.restart(() => grant('main', 'other'));
  await desk.live();
  expect(desk.screen.state.withdrawn).toEqual([]);
  expect(desk.screen.state.stores.map(({ id }) => id)).toEqual(['main', 'other']);
});

test('a desk that is left without any store says so, and is no trouble', async () => {
  await desk.restart(() => grant());
  await desk.screen.until('both', () => desk.screen.state.withdrawn.length === 2);
  await desk.live();
  expect(desk.screen.state.stores).toEqual([]);
});
