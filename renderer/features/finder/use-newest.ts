import { useDesk } from '../../store/app-context.tsx';
import { orderKey } from '../../store/order-key.ts';
import type { Answer } from './rank-answers.ts';

/** The order as the desk holds it now; as it was found where it does not hold it, or holds an older one. */
export function useNewest<A extends Answer>(answer: A): A {
  const key = answer.kind === 'order' ? orderKey(answer.order) : null;
  const held = useDesk((model) => (key === null ? undefined : model.orders.get(key)));
  return answer.kind === 'order' && held && held.updatedSeq >= answer.order.updatedSeq
    ? { ...answer, order: held }
    : answer;
}
