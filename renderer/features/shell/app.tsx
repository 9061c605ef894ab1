import { MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { AppProvider } from '../../store/app-context.tsx';
import type { AppParts } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { createTillwatchTheme, profileColourScheme, themeVariables } from '../../ui/theme.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Shell } from './shell.tsx';
import { Spoken } from './spoken.tsx';

function GuardedShell() {
  const strings = useStrings();
  return (
    <ErrorBoundary strings={strings}>
      <Shell />
    </ErrorBoundary>
  );
}

export function App({ parts, nonce }: { parts: AppParts; nonce: string }) {
  const [theme] = useState(createTillwatchTheme);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={themeVariables}
      defaultColorScheme="auto"
      colorSchemeManager={profileColourScheme}
      getStyleNonce={() => nonce}
    >
      <AppProvider parts={parts}>
        <Spoken>
          <GuardedShell />
        </Spoken>
      </AppProvider>
    </MantineProvider>
  );
}
