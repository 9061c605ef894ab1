import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { GatewayClock } from '../../../../../main/desk/clock/gateway-clock.ts';
import { isJump, isSetBack, watchForJumps } from '../../../../../main/desk/clock/jump-watch.ts';
import { bestOffset, offsetOf, withSample } from '../../../../../main/desk/clock/offset-estimator.ts';
import type { Offset } from '../../../../../main/desk/clock/offset-estimator.ts';
import { systemTime } from '../../../../../main/desk/clock/system-time.ts';
import { timing } from '../../../../../main/desk/timing.ts';
import { fakeTime } from '../fake-time.ts';

describe('[CK1] offset', () => {
  test('the truth lies within half the round trip, however it is split', () => {
    const times = fc.record({ there: fc.nat(5_000), inside: fc.nat(1_000), back: fc.nat(5_000), truth: fc.integer() });
    fc.assert(
      fc.property(times, ({ there, inside, back, truth }) => {
        const askedAt = 1_000;
        const gatewayReceivedAt = askedAt + there + truth;
        const answeredAt = askedAt + there + inside + back;
        const { offset, roundTrip } = offsetOf({
          askedAt,
          answeredAt,
          gatewayReceivedAt,
          gatewaySentAt: gatewayReceivedAt + inside,
        })!;
        return roundTrip === there + back && Math.abs(offset - truth) <= roundTrip / 2;
      }),
    );
  });

  test('the shortest round trip of the last eight counts', () => {
    let offsets: Offset[] = [];
    const add = (offset: number, roundTrip: number): number => {
      offsets = withSample(offsets, { offset, roundTrip });
      return bestOffset(offsets)!.offset;
    };
    expect(add(100, 10)).toBe(100);
    for (let n = 1; n <= 7; n += 1) expect(add(n, 50)).toBe(100);
    expect(add(8, 50)).toBe(8);
    expect(add(9, 40)).toBe(9);
  });

  test('a gateway whose clock was set is believed at once, however short the round trips before were', () => {
    const before = withSample(withSample([], { offset: 100, roundTrip: 2 }), { offset: 101, roundTrip: 4 });
    const after = withSample(before, { offset: 3_600_100, roundTrip: 80 });
    expect(after).toEqual([{ offset: 3_600_100, roundTrip: 80 }]);
    expect(withSample(before, { offset: 140, roundTrip: 80 })).toHaveLength(3);
  });

  test('an answer before its question says nothing', () => {
    expect(offsetOf({ askedAt: 5, answeredAt: 4, gatewayReceivedAt: 0, gatewaySentAt: 0 })).toBeNull();
    expect(offsetOf({ askedAt: Number.NaN, answeredAt: 4, gatewayReceivedAt: 0, gatewaySentAt: 0 })).toBeNull();
  });
});

function sampled(behind: number): { clock: GatewayClock; time: ReturnType<typeof fakeTime> } {
  const time = fakeTime();
  const clock = new GatewayClock(time);
  const askedAt = time.monotonic();
  const gatewayNow = time.now() + behind + 20;
  time.advance(40);
  clock.sample({ askedAt, answeredAt: time.monotonic(), gatewayReceivedAt: gatewayNow, gatewaySentAt: gatewayNow });
  return { clock, time };
}

describe('gateway time', () => {
  test('[CK1] before a sample it is the device’s own, and says so', () => {
    const time = fakeTime();
    const reading = new GatewayClock(time).reading();
    expect(reading).toEqual({
      gatewayNow: time.now(),
      offsetMs: 0,
      errorMs: null,
      approximate: true,
      deviceClockWrong: false,
    });
  });

  test('[CK1] a sample gives offset and error bound', () => {
    const { clock } = sampled(5_000);
    expect(clock.reading()).toMatchObject({
      offsetMs: 5_000,
      errorMs: 20,
      approximate: false,
      deviceClockWrong: false,
    });
    expect(clock.roundTrips).toEqual([40]);
  });

  test('[CK3] a device clock off by more than 30 s is named, and changes no countdown', () => {
    const { clock, time } = sampled(3_600_000);
    expect(clock.reading().deviceClockWrong).toBe(true);
    const before = clock.now();
    time.jump(-7_200_000);
    time.advance(1_000);
    expect(clock.now() - before).toBe(1_000);
  });

  test('[CK2] after a suspected sleep it is approximate until a fresh sample', () => {
    const { clock, time } = sampled(0);
    time.jump(8 * 3_600_000);
    clock.suspect(8 * 3_600_000);
    expect(clock.reading()).toMatchObject({ approximate: true, errorMs: null, offsetMs: 0 });
    const askedAt = time.monotonic();
    clock.sample({ askedAt, answeredAt: askedAt, gatewayReceivedAt: time.now() + 7, gatewaySentAt: time.now() + 7 });
    expect(clock.reading()).toMatchObject({ approximate: false, offsetMs: 7 });
  });

  test('what an earlier run knew is a beginning, not a sample', () => {
    const time = fakeTime();
    const clock = new GatewayClock(time);
    clock.restore(-90_000);
    expect(clock.reading()).toMatchObject({ offsetMs: -90_000, approximate: true, deviceClockWrong: false });
    clock.restore(Number.NaN);
    expect(clock.reading().offsetMs).toBe(-90_000);
  });

  test('at most 60 round trips are kept, and eight samples are enough', () => {
    const { clock, time } = sampled(0);
    expect(clock.wantsSamples).toBe(true);
    const now = time.now();
    for (let n = 0; n < 70; n += 1)
      clock.sample({ askedAt: 0, answeredAt: n, gatewayReceivedAt: now, gatewaySentAt: now });
    expect(clock.roundTrips).toHaveLength(60);
    expect(clock.roundTrips.at(-1)).toBe(69);
    expect(clock.wantsSamples).toBe(false);
  });
});

describe('[CN5] jumps', () => {
  test.each([
    [5_000, 5_000, false],
    [19_000, 19_000, false],
    [21_000, 5_000, true],
    [5_000, 21_000, true],
    [-3_600_000, 5_000, false],
  ])('%i ms by the wall, %i by the monotonic clock: %s', (wallMs, monotonicMs, jump) => {
    expect(isJump({ wallMs, monotonicMs }, 5_000, 15_000)).toBe(jump);
  });

  test('a sleep is told once with what the monotonic clock did not see, and the watch ends', () => {
    const time = fakeTime();
    const jumps: number[] = [];
    const setBack = vi.fn();
    const end = watchForJumps(time, timing(), { jumped: (unseen) => jumps.push(unseen), setBack });
    time.advance(12_000);
    expect(jumps).toEqual([]);
    time.jump(3_600_000);
    time.advance(1_000);
    expect(jumps).toEqual([3_600_000]);
    time.advance(12_000);
    expect(jumps).toHaveLength(1);
    expect(setBack).not.toHaveBeenCalled();
    end();
    expect(time.timers).toBe(0);
  });

  test.each([
    [-3_600_000, 1_000, true],
    [-13_900, 1_000, false],
    [3_600_000, 1_000, false],
  ])('%i ms by the wall, %i by the monotonic clock, is a clock set back: %s', (wallMs, monotonicMs, expected) => {
    expect(isSetBack({ wallMs, monotonicMs }, 15_000)).toBe(expected);
  });

  test('[CK3] a clock set back is told within a second, and is no sleep', () => {
    const time = fakeTime();
    const jumped = vi.fn();
    const setBack = vi.fn();
    const end = watchForJumps(time, timing(), { jumped, setBack });
    time.jump(-3_600_000);
    time.advance(5_000);
    expect(setBack).toHaveBeenCalledOnce();
    expect(jumped).not.toHaveBeenCalled();
    end();
  });
});

test('the system’s time moves on, and a cancelled timer does not fire', async () => {
  const before = systemTime.monotonic();
  let cancelled = false;
  systemTime.after(0, () => (cancelled = true))();
  await new Promise<void>((resolve) => void systemTime.after(5, resolve));
  expect(cancelled).toBe(false);
  expect(systemTime.monotonic()).toBeGreaterThan(before);
  expect(systemTime.random()).toBeLessThan(1);
  expect(Math.abs(systemTime.now() - Date.now())).toBeLessThan(1_000);
});
