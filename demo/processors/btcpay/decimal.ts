/** Units as a decimal of the major unit, always with all its decimals: `(1500n, 3)` → `"1.500"`. */
export function pointed(units: bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
