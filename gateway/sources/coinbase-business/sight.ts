/** One look at a checkout, by webhook or by poll: what reports about it have in common. */
import type { About } from '../order-report.ts';
import type { CoinbaseBusinessOptions } from './options.ts';
import type { CheckoutObject } from './schema.ts';

export interface CheckoutSight {
  readonly options: CoinbaseBusinessOptions;
  readonly checkout: CheckoutObject;
  readonly order: string;
  /** A poll knows how it is now; a webhook how it was when it was sent. */
  readonly polled: boolean;
  readonly about: About;
}
