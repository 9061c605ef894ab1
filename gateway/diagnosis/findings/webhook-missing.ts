/** What is known of an order had to be asked for: the processor's webhook about it did not come. */
import type { Order } from '../../../contract/order.ts';
import { wordsOf } from '../../../contract/words.ts';
import { durationText } from '../amount-text.ts';
import type { WebhookPolicy } from '../policy.ts';
import type { Found, View } from '../view.ts';

export function webhookMissing({ order, policy, deadlines }: View): Found[] {
  const usual = policy.webhooks?.get(order.source);
  const learntAt = usual && learnt(order, usual);
  if (!usual || learntAt === undefined || order.resolvedAt !== undefined) return [];
  if (order.webhookAt !== undefined && order.webhookAt >= learntAt - usual.hintMs) return [];
  if (!deadlines.passed(learntAt + usual.withinMs)) return [];
  const what = usual.announces === 'money' ? 'money was seen' : 'the payment was settled';
  return [
    {
      code: 'webhook-missing',
      evidence: [
        `${what}, which only asking ${order.source} brought out`,
        `its webhook usually comes within ${durationText(usual.withinMs)}`,
      ],
      nextStep:
        'See in the processor’s settings whether the webhook has the right address and secret, and what its delivery log says.',
      facts: { line: order.source, learntMs: String(learntAt), withinMs: String(usual.withinMs) },
    },
  ];
}

/** When the gateway first knew what the processor announces by webhook. */
function learnt({ payments }: Order, { announces }: WebhookPolicy): number | undefined {
  const times = payments.flatMap((payment) => {
    const { processor } = wordsOf(payment);
    return (announces === 'money' ? processor?.at : processor?.settledAt) ?? [];
  });
  return times.length === 0 ? undefined : Math.min(...times);
}
