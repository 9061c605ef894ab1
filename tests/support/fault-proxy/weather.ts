/** What the way between desk and gateway is like at the moment; may be changed while connections live. */
export interface Weather {
  /** Time every byte takes beside its own, least and most, milliseconds. */
  latencyMs: readonly [number, number];
  /** Bytes a second in each direction. */
  bytesPerSecond: number;
  /** Writes are cut into pieces of this many bytes, least and most; null leaves them whole. */
  sliceBytes: readonly [number, number] | null;
  /** Nothing goes on before so many bytes have come, or so many milliseconds have passed. */
  hold: { readonly bytes: number; readonly ms: number } | null;
  /** How long one side does not learn that the other has closed, milliseconds. */
  closeDelayMs: number;
  /** No byte goes either way; what was on its way goes on when this ends, as TCP would send it again. */
  blackHole: boolean;
}

export function fairWeather(): Weather {
  return {
    latencyMs: [0, 0],
    bytesPerSecond: Number.POSITIVE_INFINITY,
    sliceBytes: null,
    hold: null,
    closeDelayMs: 0,
    blackHole: false,
  };
}
