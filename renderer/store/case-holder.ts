/** Whose case an order is. Pure. */
import type { Order } from '../../contract/order.ts';

/** A desk, as cases name it. */
export interface Self {
  readonly id: string;
  readonly name: string;
}

/** Who looks after an open case, or for whom it was left. */
export interface Holder {
  readonly name: string;
  /** True while it was left to somebody, and nobody has taken it yet. */
  readonly left: boolean;
  /** True where that is this desk; a name is typed by people, so that spaces and capitals do not matter. */
  readonly own: boolean;
}

/** @param self null while it is not known who this desk is; @returns null where it is nobody's, or resolved */
export function holderOf(
  { claimedBy, handedTo, resolvedAt }: Pick<Order, 'claimedBy' | 'handedTo' | 'resolvedAt'>,
  self: Self | null,
): Holder | null {
  if (resolvedAt !== undefined) return null;
  if (claimedBy) return { name: claimedBy.name, left: false, own: claimedBy.deskId === self?.id };
  return handedTo ? { name: handedTo.name, left: true, own: sameName(handedTo.name, self?.name) } : null;
}

function sameName(a: string, b: string | undefined): boolean {
  return b !== undefined && plain(a) === plain(b);
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
}
