/** A machine that slept without a word to anybody: only its clock shows it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemTime } from '../../../main/desk/clock/system-time.ts';
import { created } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';
import { startStopwatch } from '../../support/stopwatch.ts';

const EIGHT_HOURS = 8 * 3_600_000;

let ahead: number;
let gateway: ScriptedGateway;
let desk: DeskUnderTest;

beforeEach(async () => {
  ahead = 0;
  gateway = await startScriptedGateway();
  desk = await startDesk({ time: { ...systemTime, now: () => systemTime.now() + ahead } });
  await desk.pair(gateway.url, gateway.code);
  await desk.live();
  await desk.screen.until('a clock sample', () => !desk.screen.state.clock.approximate);
});

afterEach(async () => {
  await desk.stop();
  await gateway.close();
});

test('[CN5][CK2] what the socket claims is not believed after a sleep, and the picture is live again within 5 s', async () => {
  const from = desk.screen.states.length;
  ahead = EIGHT_HOURS;
  const watch = startStopwatch();
  await desk.screen.until('suspicion', () => !desk.screen.state.current);
  gateway.append(created('meanwhile'));
  await desk.live();
  await desk.screen.until('a fresh sample', () => !desk.screen.state.clock.approximate);
  expect(watch.ms()).toBeLessThan(5_000);
  expect(desk.screen.states.slice(from).some(({ clock, current }) => clock.approximate && !current)).toBe(true);
  expect(gateway.seen.filter((each) => each === 'connect')).toHaveLength(2);
  await desk.screen.until('the order', () => desk.screen.order('meanwhile') !== undefined);
});

test('[CK3] a device clock that runs far ahead is named, and gateway time stays the gateway’s', async () => {
  ahead = EIGHT_HOURS;
  await desk.screen.until('named', () => desk.screen.state.clock.deviceClockWrong);
  const { gatewayNow, offsetMs } = desk.screen.state.clock;
  expect(Math.abs(gatewayNow - Date.now())).toBeLessThan(1_000);
  expect(Math.abs(offsetMs + EIGHT_HOURS)).toBeLessThan(1_000);
});

test('a clock set back an hour ends no connection', async () => {
  ahead = -3_600_000;
  gateway.append(created('a'));
  await desk.screen.until('the order', () => desk.screen.order('a') !== undefined);
  await desk.screen.until('named', () => desk.screen.state.clock.offsetMs > 3_500_000);
  expect(gateway.seen.filter((each) => each === 'connect')).toHaveLength(1);
});
