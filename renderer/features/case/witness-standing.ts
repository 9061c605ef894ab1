/** How the processor's account of an order and our node's stand to each other. Pure. */
import type { Order } from '../../../contract/order.ts';
import { witnesses } from '../../../contract/witnesses.ts';
import type { Account, Witnesses } from '../../../contract/witnesses.ts';

/**
 * `alone`: there is one witness only. `agree`: both say the same. `differ`: one says more than the other, as is usual
 * for a while. `conflict`: they have contradicted each other for longer than the store allows.
 */
export type Agreement = 'alone' | 'agree' | 'differ' | 'conflict';

/** What a witness says, in one word; `blind`: the money is on no chain that a node could watch. */
export type Saying = 'settled' | 'seen' | 'lost' | 'nothing' | 'blind';

export interface WitnessStanding extends Witnesses {
  readonly processorSays: Saying | null;
  readonly nodeSays: Saying;
  readonly agreement: Agreement;
}

export function witnessStanding(order: Order): WitnessStanding {
  const both = witnesses(order);
  const processorSays = both.processor && sayingOf(both.processor);
  const nodeSays = isBlind(order) ? 'blind' : sayingOf(both.node);
  return { ...both, processorSays, nodeSays, agreement: agreementOf(order, processorSays, nodeSays) };
}

function sayingOf({ settled, seen, lost }: Account): Saying {
  if (settled) return 'settled';
  if (seen) return 'seen';
  return lost.length > 0 ? 'lost' : 'nothing';
}

function isBlind({ pay, payments }: Order): boolean {
  return [...pay, ...payments].every(({ chain }) => chain === null);
}

function agreementOf(order: Order, processor: Saying | null, node: Saying): Agreement {
  if (order.flags.includes('witness-conflict')) return 'conflict';
  if (processor === null || node === 'blind') return 'alone';
  return processor === node ? 'agree' : 'differ';
}
