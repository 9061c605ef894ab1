import { Modal } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { useState } from 'react';
import { useApp, useUi } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { FinderBody } from './finder-body.tsx';

export function FinderDialog() {
  const { t } = useStrings();
  const { ui } = useApp();
  const wanted = useUi((model) => model.finder);
  // A dialog learns where to return the focus by being opened, not by being drawn open.
  const stands = useMounted();
  const [takesFocus, setTakesFocus] = useState(false);
  const close = (taken: boolean) => {
    setTakesFocus(taken);
    ui.setState({ finder: false });
  };
  return (
    <Modal
      opened={wanted && stands}
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
