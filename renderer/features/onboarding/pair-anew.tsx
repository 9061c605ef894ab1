import { useApp } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PairForm } from './pair-form.tsx';

/** Pairing again, for a desk its gateway has turned away. */
export function PairAnew({ onClose }: { onClose: () => void }) {
  const { t } = useStrings();
  const { bridge } = useApp().link;
  return (
    <Dialog title={t('welcome.connectTitle')} onClose={onClose}>
      <PairForm pair={(offer) => bridge.pair(offer)} onPaired={onClose} />
    </Dialog>
  );
}
