import { MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { AppProvider } from '../../store/app-context.tsx';
import type { AppParts } from '../../store/app-context.tsx';
import { StringsProvider } from '../../strings/strings-context.tsx';
import type { Strings } from '../../strings/strings-context.tsx';
import { createTillwatchTheme, themeVariables } from '../../ui/theme.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Shell } from './shell.tsx';

export function App({ parts, strings, nonce }: { parts: AppParts; strings: Strings; nonce: string }) {
  const [theme] = useState(createTillwatchTheme);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={themeVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <StringsProvider strings={strings}>
        <AppProvider parts={parts}>
          <ErrorBoundary strings={strings}>
            <Shell />
          </ErrorBoundary>
        </AppProvider>
      </StringsProvider>
    </MantineProvider>
  );
}
