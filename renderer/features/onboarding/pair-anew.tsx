import { Modal } from '@mantine/core';
import { useStrings } from '../../strings/strings-context.tsx';
import { PairForm } from './pair-form.tsx';

/** Pairing again, for a desk its gateway has turned away. */
export function PairAnew({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useStrings();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('welcome.connectTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <PairForm onPaired={onClose} />
    </Modal>
  );
}
