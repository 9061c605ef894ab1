import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import type { Settings } from '../../../contract/settings.ts';
import { useDesk } from '../../store/app-context.tsx';

/** In the order in which they are offered. */
export const appearances = [
  'light',
  'dark',
  'high-contrast',
  'system',
] as const satisfies readonly Settings['appearance'][];

/** Dresses the page as the profile's settings say; high contrast keeps to the system's light or dark. */
export function useAppearance(): void {
  const appearance = useDesk((model) => model.settings.appearance);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    setColorScheme(appearance === 'light' || appearance === 'dark' ? appearance : 'auto');
    document.documentElement.dataset['contrast'] = appearance === 'high-contrast' ? 'more' : 'usual';
  }, [appearance, setColorScheme]);
}
