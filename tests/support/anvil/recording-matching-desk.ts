import type { MatchingDesk, Sighting } from '../../../gateway/matching/sighting.ts';

/** Keeps what a watcher brings, as the newest it said of each payment. */
export class RecordingMatchingDesk implements MatchingDesk {
  readonly held = new Map<string, Sighting>();
  readonly reasons: string[] = [];
  readonly #addresses: ReadonlySet<string>;

  constructor(...addresses: readonly string[]) {
    this.#addresses = new Set(addresses);
  }

  async addresses(): Promise<ReadonlySet<string>> {
    return this.#addresses;
  }

  async seen(sighting: Sighting): Promise<void> {
    this.held.set(sighting.payment.id, sighting);
  }

  async gone(_chain: string, paymentId: string, reason: string): Promise<void> {
    this.held.delete(paymentId);
    this.reasons.push(reason);
  }

  async open(): Promise<readonly Sighting[]> {
    return [...this.held.values()];
  }

  /** Amount and depth of each, in the order of first sight. */
  summary(): [string, number][] {
    return [...this.held.values()].map(({ confirmations, payment }) => [payment.amount, confirmations]);
  }
}
