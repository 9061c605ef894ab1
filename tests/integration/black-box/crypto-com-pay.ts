/** Crypto.com Pay's side as its public documents describe it: payments, webhook envelopes and their signature. */
import { createHmac } from 'node:crypto';

export const SECRET = 'whsec-black-box';

export interface Webhook {
  readonly body: string;
  readonly payment: string;
}

/** Both webhooks of one paid order: created as pending, then captured. */
export function webhooksOf(n: number, now: number): Webhook[] {
  const payment = `00000000-0000-4000-8000-${n.toString().padStart(12, '0')}`;
  const created = Math.floor(now / 1000);
  const object = {
    id: payment,
    amount: 1000 + n,
    currency: 'USD',
    crypto_currency: 'CRO',
    crypto_amount: `${n + 1}00000000000000000`,
    order_id: `BB-${n}`,
    live_mode: true,
    created,
    expired_at: created + 600,
  };
  const envelope = (type: string, status: string): Webhook => ({
    payment,
    body: JSON.stringify({
      id: `${type}-${payment}`,
      object_type: 'payment',
      type: `payment.${type}`,
      created,
      data: { object: { ...object, status, captured: status === 'succeeded' } },
    }),
  });
  return [envelope('created', 'pending'), envelope('captured', 'succeeded')];
}

export function signature(body: string | Buffer, timestamp: number, secret = SECRET): string {
  const hmac = createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex');
  return `t=${timestamp},v1=${hmac}`;
}

/** Posts once; resolves with the status, 0 where the gateway could not be reached. */
export async function post(gateway: string, body: string | Buffer, header?: string): Promise<number> {
  try {
    const response = await fetch(`${gateway}/v1/webhooks/cdc`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'pay-signature': header ?? signature(body, Math.floor(Date.now() / 1000)),
      },
      body: body as BodyInit,
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}
