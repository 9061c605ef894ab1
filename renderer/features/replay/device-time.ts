/** Moments as a field for date and time holds them: this device's own wall clock, to the second. Pure. */

const pad = (value: number, digits = 2) => value.toString().padStart(digits, '0');

/** `2026-11-21T14:03:05` */
export function fieldOf(at: number): string {
  const date = new Date(at);
  const day = [pad(date.getFullYear(), 4), pad(date.getMonth() + 1), pad(date.getDate())].join('-');
  return `${day}T${[date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => pad(part)).join(':')}`;
}

/** null for what is no moment. */
export function momentOf(field: string): number | null {
  const at = /^\d{4,6}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?$/.test(field) ? new Date(field).getTime() : Number.NaN;
  return Number.isFinite(at) ? at : null;
}
