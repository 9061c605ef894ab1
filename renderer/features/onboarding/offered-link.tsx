import { useApp, useUi } from '../../store/app-context.tsx';
import { Late } from '../../ui/late.tsx';
import { lateLinkOffer } from './late-link-offer.ts';

/** What a pairing link leads to on a desk that is paired already; nothing while none was opened. */
export function OfferedLink() {
  const { ui } = useApp();
  const offered = useUi((model) => model.pairingLink !== null);
  if (!offered) return null;
  return <Late part={lateLinkOffer} given={{ onClose: () => ui.setState({ pairingLink: null }) }} where="over" />;
}
