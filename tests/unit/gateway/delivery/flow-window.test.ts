import { expect, test } from 'vitest';
import { FLOW, FlowWindow } from '../../../../gateway/delivery/desk/flow-window.ts';

const KIB = 1024;

test('[DL6] it starts at 32 KiB, and grows to 2 MiB by prompt confirmations only', () => {
  const window = new FlowWindow();
  expect(window.room()).toBe(32 * KIB);
  let now = 0;
  for (let seq = 1; window.room() < FLOW.mostBytes; seq += 1) {
    window.sent(seq, window.room(), now);
    expect(window.room()).toBe(0);
    now += 1_000;
    window.confirmed(seq, now);
    expect(seq).toBeLessThan(10);
  }
  window.sent(99, 10, now);
  window.confirmed(99, now);
  expect(window.room()).toBe(2 * KIB * KIB);
  window.sent(100, 10, now);
  window.confirmed(100, now + 1_001);
  expect(window.room()).toBe(32 * KIB);
});

test('[DL6] confirmations are cumulative; an old or foreign one changes nothing', () => {
  const window = new FlowWindow();
  for (const seq of [1, 2, 3]) window.sent(seq, 1_000, 0);
  window.confirmed(0, 1);
  expect(window.unconfirmed).toBe(3_000);
  window.confirmed(2, 1);
  expect(window.unconfirmed).toBe(1_000);
  window.confirmed(2, 1);
  expect(window.unconfirmed).toBe(1_000);
  window.confirmed(3, 1);
  expect([window.unconfirmed, window.stallsIn(1)]).toEqual([0, null]);
});

test('[DL6] 30 s without any confirmation is a stall, counted from the last', () => {
  const window = new FlowWindow();
  expect(window.stallsIn(0)).toBeNull();
  window.sent(1, 10, 5_000);
  window.sent(2, 10, 20_000);
  expect(window.stallsIn(20_000)).toBe(15_000);
  window.confirmed(1, 30_000);
  expect(window.stallsIn(30_000)).toBe(30_000);
});
