import type { Customer } from '../../contract/order.ts';
import type { EventDraft } from '../ledger.ts';

/**
 * Takes customer data out of a draft, so that no event ever holds it [AU4].
 * @returns `draft` null when nothing but customer data was in it
 */
export function withoutCustomer(draft: EventDraft): { draft: EventDraft | null; customer?: Customer } {
  if (draft.kind === 'order.created' && draft.data.order.customer) {
    const { customer, ...order } = draft.data.order;
    return { draft: { ...draft, data: { order } }, customer };
  }
  if (draft.kind === 'order.updated' && draft.data.changes.customer) {
    const { customer, ...changes } = draft.data.changes;
    return { draft: Object.keys(changes).length > 0 ? { ...draft, data: { changes } } : null, customer };
  }
  return { draft };
}
