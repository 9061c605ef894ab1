import { useDesk } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { shownKey } from './shortcut-keys.ts';
import type { ShortcutAction } from './shortcut-keys.ts';
import { useKeyOf } from './use-shortcuts.ts';

/** The key of an action as it is written on this device's keyboard, or the word for none. */
export function useKeyLabel(action: ShortcutAction): string {
  const { t } = useStrings();
  const platform = useDesk((model) => model.info?.platform ?? '');
  const key = useKeyOf(action);
  return key === null ? t('settings.noKey') : shownKey(key, platform);
}
