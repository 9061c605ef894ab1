import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

export interface BusyButtonProps {
  readonly icon: ReactNode;
  /** True while what it started goes on. */
  readonly busy: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** Pressed once for a thing that takes a while. Never `disabled`, which would take the focus from whoever pressed it. */
export function BusyButton({ icon, busy, onPress, children }: BusyButtonProps) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={icon}
      onClick={busy ? undefined : onPress}
      data-disabled={busy}
      aria-disabled={busy}
    >
      {children}
    </Button>
  );
}
