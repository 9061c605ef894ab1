/** The Checkouts API as the reconcile asks it: one checkout, and the list, each request with a token of its own. */
import { z } from 'zod';
import { AmountError } from '../amount.ts';
import { lenient, wrongFields } from '../lossless-json.ts';
import { createAsk } from '../reconcile/ask.ts';
import type { PollSettings } from '../reconcile/polling-options.ts';
import { missingList, pageOf, unreadableList } from '../reconcile/processor-answer.ts';
import type { Listed, LookAnswer, PolledProcessor, Unreadable } from '../reconcile/processor-answer.ts';
import type { SourceContext } from '../source.ts';
import { bearerToken } from './cdp-key.ts';
import type { CdpKey } from './cdp-key.ts';
import { checkoutReports } from './checkout-reports.ts';
import type { CoinbaseBusinessOptions } from './options.ts';
import { checkoutSchema } from './schema.ts';
import type { CheckoutObject } from './schema.ts';

const DEFAULT_API_BASE = 'https://business.coinbase.com/api/v1';
const SANDBOX_API_BASE = 'https://business.coinbase.com/sandbox/api/v1';
const PER_PAGE = 50;

const pageSchema = z.object({
  checkouts: z.array(z.unknown()).max(1000),
  nextPageToken: lenient(z.string().min(1)),
});

export function createPolledCheckouts(
  options: CoinbaseBusinessOptions,
  key: CdpKey,
  settings: PollSettings,
  { clock }: Pick<SourceContext, 'clock'>,
): PolledProcessor {
  const ask = createAsk({
    apiBase: options.apiBase ?? (options.sandbox === true ? SANDBOX_API_BASE : DEFAULT_API_BASE),
    authorise: (url) => ({ authorization: `Bearer ${bearerToken(key, url, clock.now())}` }),
    keySettings: 'apiKeyId, apiKeySecret',
    settings,
    clock,
  });
  return {
    async look(ref, _known, signal) {
      const answer = await ask(`/checkouts/${encodeURIComponent(ref)}`, signal);
      if (answer.kind === 'failed') return answer;
      if (answer.status === 404) return { kind: 'absent' };
      const parsed = checkoutSchema.safeParse(answer.value);
      if (!parsed.success) return unreadable(ref, wrongFields(parsed.error));
      if (parsed.data.id === ref) return learnt(options, parsed.data);
      return { kind: 'unreadable', note: `asked for checkout ${ref}, but another came: a proxy, or a wrong apiBase` };
    },
    async list(cursor, _since, signal) {
      const page = cursor === null ? '' : `&pageToken=${encodeURIComponent(cursor)}`;
      const answer = await ask(`/checkouts?pageSize=${PER_PAGE}${page}`, signal);
      if (answer.kind === 'failed') return answer;
      if (answer.status === 404) return missingList('apiBase');
      const parsed = pageSchema.safeParse(answer.value);
      if (!parsed.success) return unreadableList();
      const { checkouts, nextPageToken } = parsed.data;
      return pageOf(checkouts, (item) => listed(options, item), nextPageToken ?? null);
    },
  };
}

function learnt(
  options: CoinbaseBusinessOptions,
  checkout: CheckoutObject,
): Exclude<LookAnswer, { kind: 'absent' | 'failed' }> {
  try {
    return { kind: 'learnt', reports: checkoutReports(options, checkout, { polled: true, sent: null }) };
  } catch (error) {
    if (error instanceof AmountError) return unreadable(checkout.id, error.message);
    throw error;
  }
}

function unreadable(ref: string, why: string): Unreadable {
  return { kind: 'unreadable', note: `checkout ${ref} can't be read: ${why}` };
}

function listed(options: CoinbaseBusinessOptions, item: unknown): Listed[] {
  const parsed = checkoutSchema.safeParse(item);
  const answer = parsed.success ? learnt(options, parsed.data) : null;
  if (!parsed.success || answer?.kind !== 'learnt') return [];
  const { id: ref, createdAt } = parsed.data;
  return [{ ref, createdAt, reports: answer.reports, wantsLook: () => false, complete: true }];
}
