import { useEffect, useRef } from 'react';
import { useApp, useDesk } from '../../store/app-context.tsx';

/** A window that was asked for no place opens as the profile's last one was left: as the counter's display, or not. */
export function useCounterAtStart(): void {
  const { ui } = useApp();
  const known = useDesk((model) => model.settingsKnown);
  const counterMode = useDesk((model) => model.settings.counterMode);
  const decided = useRef(window.location.hash.length > 2);
  useEffect(() => {
    if (!known || decided.current) return;
    decided.current = true;
    if (counterMode) ui.setState({ view: 'counter' });
  }, [known, counterMode, ui]);
}
