import { useApp, useDesk } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { PairForm } from './pair-form.tsx';
import type { PairOffer } from './confirm-gateway.tsx';
import styles from './pair-form.module.css';

/** The gateway of two addresses, however each is written. */
function sameOrigin(a: string, b: string): boolean {
  return URL.parse(a)?.origin === URL.parse(b)?.origin;
}

/**
 * A pairing link that was opened on a desk that is paired: its gateway is offered as one more [AU1]. One that turned this
 * desk away is paired with anew instead, where the link is its own.
 */
export function LinkOffer({ onClose }: { onClose: () => void }) {
  const { t } = useStrings();
  const { bridge } = useApp().link;
  const turnedAway = useDesk(({ desk }) => (desk?.connection.state === 'refused' ? (desk.gateway?.url ?? null) : null));
  const pair = (offer: PairOffer): Promise<unknown> =>
    turnedAway !== null && sameOrigin(turnedAway, offer.gateway) ? bridge.pair(offer) : bridge.addGateway(offer);
  return (
    <Dialog title={t('offer.title')} onClose={onClose}>
      <p className={styles.offer}>{t('offer.text')}</p>
      <PairForm pair={pair} onPaired={onClose} />
    </Dialog>
  );
}
