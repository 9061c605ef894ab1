import { useDesk } from '../../store/app-context.tsx';
import { keysOf } from '../shortcuts/shortcut-keys.ts';

/** The key that opens the finder; null where it has none. */
export function useFinderKey(): string | null {
  return useDesk((model) => keysOf(model.settings.shortcuts).finder);
}
