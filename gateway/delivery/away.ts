/** A gateway that drained is back after about this long, as a rule: what a desk or a caller is told to wait. */
export const AWAY_MS = 2_000;
