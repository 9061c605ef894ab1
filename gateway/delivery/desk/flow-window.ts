/** How many bytes may be on their way to a desk unconfirmed [DL6]. Pure: times are arguments, milliseconds. */
export interface FlowLimits {
  readonly startBytes: number;
  readonly mostBytes: number;
  /** A confirmation within this lets the window grow. */
  readonly promptMs: number;
  /** None for this long, and the desk is disconnected. */
  readonly stalledMs: number;
}

export const FLOW: FlowLimits = {
  startBytes: 32 * 1024,
  mostBytes: 2 * 1024 * 1024,
  promptMs: 1_000,
  stalledMs: 30_000,
};

interface Sent {
  readonly seq: number;
  readonly bytes: number;
  readonly at: number;
}

export class FlowWindow {
  readonly #limits: FlowLimits;
  #window: number;
  #sent: Sent[] = [];
  #unconfirmed = 0;
  #heardAt = 0;

  constructor(limits: FlowLimits = FLOW) {
    this.#limits = limits;
    this.#window = limits.startBytes;
  }

  get unconfirmed(): number {
    return this.#unconfirmed;
  }

  /** Bytes that may be sent now. When nothing is under way, one event of any size may. */
  room(): number {
    return Math.max(0, this.#window - this.#unconfirmed);
  }

  sent(seq: number, bytes: number, now: number): void {
    if (this.#sent.length === 0) this.#heardAt = now;
    this.#sent.push({ seq, bytes, at: now });
    this.#unconfirmed += bytes;
  }

  /** Everything up to `seq` has arrived. A slow answer takes the window back to its start: the line has changed. */
  confirmed(seq: number, now: number): void {
    const arrived = this.#sent.filter((each) => each.seq <= seq);
    if (arrived.length === 0) return;
    this.#sent = this.#sent.slice(arrived.length);
    this.#heardAt = now;
    for (const { bytes, at } of arrived) {
      this.#unconfirmed -= bytes;
      const prompt = now - at <= this.#limits.promptMs;
      this.#window = prompt ? Math.min(this.#limits.mostBytes, this.#window + bytes) : this.#limits.startBytes;
    }
  }

  /** @returns milliseconds until the desk counts as stalled; null while nothing is under way */
  stallsIn(now: number): number | null {
    return this.#sent.length === 0 ? null : this.#heardAt + this.#limits.stalledMs - now;
  }
}
