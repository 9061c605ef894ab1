import type { ClockReading } from '../../../contract/ipc.ts';
import type { TimePort } from '../desk.ts';
import { SAMPLES_KEPT, bestOffset, offsetOf, withSample } from './offset-estimator.ts';
import type { ClockSample, Offset } from './offset-estimator.ts';

const DEVICE_CLOCK_TOLERANCE_MS = 30_000;
const ROUND_TRIPS_KEPT = 60;

/** The gateway's time on this device: monotonic time plus the best known offset [CK1, CK2]. */
export class GatewayClock {
  readonly #time: TimePort;
  #offsets: readonly Offset[] = [];
  /** Gateway time − monotonic time; by the device's wall clock until a sample is there. */
  #offset: number;
  #approximate = true;
  #roundTrips: readonly number[] = [];

  constructor(time: TimePort) {
    this.#time = time;
    this.#offset = time.now() - time.monotonic();
  }

  now(): number {
    return Math.max(0, Math.round(this.#time.monotonic() + this.#offset));
  }

  /** Milliseconds of the newest round trips, oldest first. */
  get roundTrips(): readonly number[] {
    return this.#roundTrips;
  }

  /** True while more samples would make the estimate better. */
  get wantsSamples(): boolean {
    return this.#offsets.length < SAMPLES_KEPT;
  }

  /** gateway − device wall clock in milliseconds, as far as known. */
  get wallOffset(): number {
    return this.now() - this.#time.now();
  }

  /** Begins from what an earlier run knew, still approximate. */
  restore(wallOffset: number): void {
    if (this.#offsets.length > 0 || !Number.isFinite(wallOffset)) return;
    this.#offset = this.#time.now() + wallOffset - this.#time.monotonic();
  }

  sample(sample: ClockSample): void {
    const offset = offsetOf(sample);
    if (!offset) return;
    this.#offsets = withSample(this.#offsets, offset);
    this.#offset = bestOffset(this.#offsets)?.offset ?? offset.offset;
    this.#approximate = false;
    this.#roundTrips = [...this.#roundTrips, offset.roundTrip].slice(-ROUND_TRIPS_KEPT);
  }

  /**
   * Time passed that the monotonic clock may not have seen: a sleep, probably. What was measured before no longer
   * holds; the jump itself is the best guess until a fresh sample.
   * @param unseenMs by how much the wall clock went further than the monotonic one
   */
  suspect(unseenMs: number): void {
    this.#offset += Math.max(0, unseenMs);
    this.#offsets = [];
    this.#approximate = true;
  }

  reading(): ClockReading {
    const best = bestOffset(this.#offsets);
    const offsetMs = this.wallOffset;
    return {
      gatewayNow: this.now(),
      offsetMs,
      errorMs: best && best.roundTrip / 2,
      approximate: this.#approximate,
      deviceClockWrong: !this.#approximate && Math.abs(offsetMs) > DEVICE_CLOCK_TOLERANCE_MS,
    };
  }
}
