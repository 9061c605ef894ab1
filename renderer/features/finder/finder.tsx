import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useApp, useUi } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { FinderBody } from './finder-body.tsx';

/** Ctrl/⌘K from anywhere: did they pay, and every command and place. */
export function Finder() {
  const { t } = useStrings();
  const { ui } = useApp();
  const opened = useUi((model) => model.finder);
  const [takesFocus, setTakesFocus] = useState(false);
  const close = (taken: boolean) => {
    setTakesFocus(taken);
    ui.setState({ finder: false });
  };
  useShortcuts({ finder: () => ui.setState({ finder: true }) });
  return (
    <Modal
      opened={opened}
      onClose={() => close(false)}
      returnFocus={!takesFocus}
      withCloseButton={false}
      size={720}
      yOffset="9vh"
      padding={0}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': t('finder.title') } }}
    >
      <FinderBody onClose={close} />
    </Modal>
  );
}
