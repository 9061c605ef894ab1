import { useShallow } from 'zustand/react/shallow';
import { useDesk } from '../../store/app-context.tsx';

/** The stores that this desk watches. */
export function useStoreIds(): readonly string[] {
  return useDesk(useShallow(({ desk }) => (desk?.stores ?? []).map(({ id }) => id)));
}
