import type { Order } from '../../../contract/order.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { CopyId } from '../../ui/copy-id.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/section.tsx';
import { ExplorerLink } from './explorer-link.tsx';

function Addresses({ order }: { order: Order }) {
  const { t } = useStrings();
  const ways = new Map(
    order.pay.flatMap(({ address, chain }) => (address === null ? [] : [[address, chain] as const])),
  );
  return [...ways].map(([address, chain]) => (
    <Fact key={address} name={t('case.address')}>
      <CopyId value={address} what={t('case.address')} />
      <ExplorerLink chain={chain} page="address" id={address} what={t('case.address')} />
    </Fact>
  ));
}

function When({ name, at }: { name: string; at: number | undefined }) {
  const { format } = useStrings();
  return at === undefined ? null : <Fact name={name}>{format.full(at)}</Fact>;
}

/** Everything else known of the order. */
export function CaseFacts({ order }: { order: Order }) {
  const { t } = useStrings();
  const { customer, claimedBy, handedTo } = order;
  const who = [customer?.name, customer?.email].filter(Boolean).join(' · ');
  return (
    <Section title={t('case.facts')}>
      <Facts>
        {who === '' ? null : <Fact name={t('case.customer')}>{who}</Fact>}
        <Addresses order={order} />
        <Fact name={t('case.source')}>{order.source}</Fact>
        {order.method ? <Fact name={t('case.method')}>{order.method}</Fact> : null}
        <Fact name={t('case.sourceRef')}>
          <CopyId value={order.sourceRef} what={t('case.sourceRef')} />
        </Fact>
        <Fact name={t('case.id')}>
          <CopyId value={order.id} what={t('case.id')} />
        </Fact>
        {claimedBy ? <Fact name={t('case.claimedBy')}>{claimedBy.name}</Fact> : null}
        {handedTo ? <Fact name={t('case.handedTo')}>{handedTo.name}</Fact> : null}
        <When name={t('case.created')} at={order.createdAt} />
        <When name={t('case.expires')} at={order.expiresAt} />
        <When name={t('case.grace')} at={order.graceUntil} />
        <When name={t('case.paid')} at={order.paidAt} />
      </Facts>
    </Section>
  );
}
