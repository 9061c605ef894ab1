import { Modal } from '@mantine/core';
import { useApp, useUi } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { FinderBody } from './finder-body.tsx';

/** Ctrl/⌘K from anywhere: did they pay, and every command and place. */
export function Finder() {
  const { t } = useStrings();
  const { ui } = useApp();
  const opened = useUi((model) => model.finder);
  const close = () => ui.setState({ finder: false });
  useShortcuts({ finder: () => ui.setState({ finder: true }) });
  return (
    <Modal
      opened={opened}
      onClose={close}
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
