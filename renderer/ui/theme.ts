/** The component library in our own dress; everything it draws takes its colours from styles.css. */
import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorScheme, MantineColorsTuple } from '@mantine/core';

const teal: MantineColorsTuple = [
  '#e6f5f2',
  '#d0e9e4',
  '#a2d2c9',
  '#70baad',
  '#48a696',
  '#2d9988',
  '#14786d',
  '#0c665d',
  '#07584f',
  '#004840',
];

/** The library's greys of the dark scheme in the hue of our own surfaces. */
const dark: MantineColorsTuple = [
  '#e8eeec',
  '#b8c4c0',
  '#a0b0ab',
  '#6d7c77',
  '#3a4845',
  '#2b3634',
  '#1a2322',
  '#141b1a',
  '#0f1514',
  '#0a0f0e',
];

export function createTillwatchTheme() {
  return createTheme({
    primaryColor: 'teal',
    primaryShade: { light: 7, dark: 6 },
    colors: { teal, dark },
    fontFamily: 'var(--tw-font)',
    fontFamilyMonospace: 'var(--tw-mono)',
    headings: { fontFamily: 'var(--tw-font)', fontWeight: '650' },
    defaultRadius: 'md',
    cursorType: 'pointer',
    respectReducedMotion: true,
    autoContrast: true,
  });
}

export const themeVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--tw-canvas)',
    '--mantine-color-text': 'var(--tw-ink)',
    '--mantine-color-dimmed': 'var(--tw-soft)',
    '--mantine-color-placeholder': 'var(--tw-soft)',
    '--mantine-color-default': 'var(--tw-surface)',
    '--mantine-color-default-hover': 'var(--tw-hover)',
    '--mantine-color-default-color': 'var(--tw-ink)',
    '--mantine-color-default-border': 'var(--tw-line-strong)',
    '--mantine-color-error': 'var(--tw-bad)',
  };
  return { variables: {}, light: shared, dark: shared };
};

/**
 * The profile's settings say how the page is dressed. The library would look it up in the browser's storage before the
 * first picture, and wait for the disk.
 */
export const profileColourScheme = {
  get: (usual: MantineColorScheme) => usual,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};
