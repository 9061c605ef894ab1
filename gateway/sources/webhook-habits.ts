/** Which of its transitions a processor tells by webhook, as its documents say. */
import type { SourceConfig } from '../config/source-config.ts';
import type { WebhookPolicy } from '../diagnosis/policy.ts';

/** Longer than the first retries of any of them: 10 s and 1 min at BTCPay Server; others do not say. */
const USUALLY_WITHIN_MS = 5 * 60_000;

export function webhookHabits({ kind }: SourceConfig): WebhookPolicy {
  switch (kind) {
    case 'btcpay':
      return { announces: 'money', withinMs: USUALLY_WITHIN_MS, hintMs: 60_000 };
    case 'crypto-com-pay':
    case 'coinbase-business':
      return { announces: 'settlement', withinMs: USUALLY_WITHIN_MS, hintMs: 0 };
    default:
      return kind satisfies never;
  }
}
