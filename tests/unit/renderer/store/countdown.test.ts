import { describe, expect, it } from 'vitest';
import { clockFace, countdownOf } from '../../../../renderer/store/countdown.ts';
import { createGatewayClock } from '../../../../renderer/store/gateway-clock.ts';
import { createTicker } from '../../../../renderer/store/ticker.ts';

const times = { createdAt: 0, expiresAt: 900_000, graceUntil: 4_500_000 };
const reading = { gatewayNow: 5_000_250, offsetMs: 4_000_000, errorMs: 5, approximate: false, deviceClockWrong: true };

describe('countdown', () => {
  it('[CK2] counts to the expiry, then through the grace, and is never negative', () => {
    expect(countdownOf(times, 0)).toEqual({ phase: 'open', leftMs: 900_000, share: 1 });
    expect(countdownOf(times, 899_999)).toMatchObject({ phase: 'open', leftMs: 1 });
    expect(countdownOf(times, 900_000)).toEqual({ phase: 'grace', leftMs: 3_600_000, share: 1 });
    expect(countdownOf(times, 4_500_000)).toEqual({ phase: 'over' });
    expect(countdownOf({ ...times, graceUntil: times.expiresAt }, 900_000)).toEqual({ phase: 'over' });
  });

  it.each([
    [0, '00:00'],
    [1, '00:01'],
    [521_000, '08:41'],
    [3_599_001, '1:00:00'],
    [183_600_000, '2d 03h'],
    [-5000, '00:00'],
  ])('%i ms reads %s', (leftMs, face) => {
    expect(clockFace(leftMs)).toBe(face);
  });
});

describe('gateway clock on the screen', () => {
  function ports() {
    const at = { monotonic: 1000, wall: 1_000_000 };
    return { at, clock: createGatewayClock({ monotonic: () => at.monotonic, wall: () => at.wall }) };
  }

  it('[CK2] counts on from its reading by monotonic time, whatever the device clock says', () => {
    const { at, clock } = ports();
    expect(clock.read()).toEqual({ now: 1_000_000, approximate: true });
    clock.take(reading);
    at.monotonic += 1500;
    at.wall += 1500;
    expect(clock.read()).toEqual({ now: 5_001_750, approximate: false });
  });

  it('[CK2] is approximate after a suspected sleep until the next reading', () => {
    const { at, clock } = ports();
    clock.take(reading);
    at.monotonic += 1000;
    at.wall += 8_000_000;
    expect(clock.read().approximate).toBe(true);
    clock.take(reading);
    expect(clock.read().approximate).toBe(false);
  });

  it('[CK2] one shared ticker beats on the second boundary of the gateway and stops when closed', () => {
    const { at, clock } = ports();
    clock.take(reading);
    const due: { delayMs: number; run: () => void; cancelled: boolean }[] = [];
    const ticker = createTicker(clock, (delayMs, run) => {
      const timer = { delayMs, run, cancelled: false };
      due.push(timer);
      return () => (timer.cancelled = true);
    });
    expect(ticker.read().now).toBe(5_000_000);
    expect(due.at(-1)?.delayMs).toBe(751);
    let beats = 0;
    ticker.subscribe(() => (beats += 1));
    at.monotonic += 751;
    at.wall += 751;
    due.at(-1)?.run();
    expect(ticker.read().now).toBe(5_001_000);
    expect(beats).toBe(1);
    expect(due.at(-1)?.delayMs).toBe(1000);
    ticker.close();
    expect(due.at(-1)?.cancelled).toBe(true);
  });
});
