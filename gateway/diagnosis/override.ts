/**
 * An admin's override of the verdict, kept in the order's `verdictRule`: `override (known: late, overpaid)`. It names
 * the troubles that were known when it was given and stands until one appears that was not. An overriding hold stands
 * until an admin lifts it, because nothing that arrives by itself may hand over goods that a person held back.
 */
import type { Order } from '../../contract/order.ts';
import { troublesOf } from './trouble.ts';

const OVERRIDE = /^override(?: \(known: ([^)]*)\))?/;

/** The rule that `verdict.changed` carries when an admin overrides. */
export function overrideRule(order: Order): string {
  const known = troublesOf(order);
  return `override (known: ${known.length === 0 ? 'none' : known.join(', ')})`;
}

/** True while an override decides the verdict. One that names no known troubles stands against all. */
export function isOverridden(order: Order): boolean {
  const match = OVERRIDE.exec(order.verdictRule ?? '');
  if (!match) return false;
  const [, listed] = match;
  if (listed === undefined || order.verdict === 'hold') return true;
  const known = new Set(listed.split(', '));
  return troublesOf(order).every((trouble) => known.has(trouble));
}
