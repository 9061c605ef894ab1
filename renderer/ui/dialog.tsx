import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useStrings } from '../strings/strings-context.tsx';

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A question over the page, open for as long as it is drawn. Its head is no landmark: the page has its banner. */
export function Dialog({ title, onClose, wide = false, children }: DialogProps) {
  const { t } = useStrings();
  return (
    <Modal
      opened
      centered
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t('close') }}
      size={wide ? 'xl' : 'md'}
      title={title}
      onClose={onClose}
    >
      {children}
    </Modal>
  );
}
