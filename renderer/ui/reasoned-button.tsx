import { Button, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { useStrings } from '../strings/strings-context.tsx';

export interface ReasonedButtonProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** Why it cannot be pressed now; null: it can. */
  readonly why: string | null;
  readonly onPress: () => void;
  /** What is pressed stays so until it is pressed again. */
  readonly pressed?: boolean;
  readonly size: 'compact-xs' | 'compact-sm';
  readonly variant: 'filled' | 'default' | 'light' | 'subtle';
  readonly className?: string | undefined;
}

/** A button that cannot be pressed stays in reach of the keyboard, and says why. */
export function ReasonedButton({ label, icon, why, onPress, pressed, size, variant, className }: ReasonedButtonProps) {
  const { t } = useStrings();
  return (
    <Tooltip
      withinPortal={false}
      label={why ?? ''}
      disabled={why === null}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        aria-disabled={why !== null}
        aria-label={why === null ? label : t('action.why', { action: label, why })}
        {...(pressed !== undefined && { 'aria-pressed': pressed })}
        {...(why !== null && { 'data-disabled': true })}
        className={className ?? ''}
        leftSection={icon}
        size={size}
        variant={variant}
        onClick={() => {
          if (why === null) onPress();
        }}
      >
        {label}
      </Button>
    </Tooltip>
  );
}
