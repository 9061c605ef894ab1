import { ActionIcon } from '@mantine/core';
import { IconDeviceTv } from '@tabler/icons-react';
import { useApp, useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { enterCounter } from './counter-mode.ts';

export function CounterButton() {
  const { t } = useStrings();
  const { ui } = useApp();
  const [, change] = useSettings();
  const label = t('counterMode.enter');
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => enterCounter(ui, change)}
    >
      <IconDeviceTv size={19} aria-hidden />
    </ActionIcon>
  );
}
