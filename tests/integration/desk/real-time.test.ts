/** The same desk with its real timers: what a person waits for. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startGateway } from '../gateway/test-gateway.ts';
import type { TestGateway } from '../gateway/test-gateway.ts';
import { testOrder } from '../gateway/test-source.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';
import { startStopwatch } from '../../support/stopwatch.ts';

let gateway: TestGateway;
let desk: DeskUnderTest;

beforeEach(async () => {
  gateway = await startGateway();
  desk = await startDesk({ timeScale: 1 });
});

afterEach(async () => {
  await desk.stop();
  await gateway.stop();
});

test('[CN3][FR2] journalled orders within 2 s of a start without gateway, live within 5 s of its return', async () => {
  await desk.pair(gateway.url, await gateway.pairingCode('staff'));
  await desk.live();
  await gateway.deliver({ id: 'd1', ref: 'a' });
  await desk.screen.until('the order', () => desk.screen.order(testOrder('a')) !== undefined);
  let watch = startStopwatch();
  await desk.restart(async () => {
    await gateway.gateway.close();
    watch = startStopwatch();
  });
  await desk.screen.until('the journalled order', () => desk.screen.order(testOrder('a')) !== undefined);
  expect(watch.ms()).toBeLessThan(2_000);
  expect(desk.screen.state).toMatchObject({ current: false, asOf: expect.any(Number) as number });
  await desk.screen.until('a second try', () => {
    const { connection } = desk.screen.state;
    return connection.state === 'waiting' && connection.attempt >= 2;
  });
  await gateway.restart();
  await gateway.deliver({ id: 'd2', ref: 'b' });
  watch = startStopwatch();
  await desk.live();
  expect(watch.ms()).toBeLessThan(5_000);
  await desk.screen.until('what was missed', () => desk.screen.order(testOrder('b')) !== undefined);
  expect(watch.ms()).toBeLessThan(6_000);
});
