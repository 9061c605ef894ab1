/** What a stage is made of. */
import type { PretendBitcoin } from './bitcoin-chain.ts';
import type { PretendBtcPay } from './btcpay.ts';
import type { Chain } from './chain.ts';
import type { PretendCoinbase } from './coinbase.ts';
import type { Outages } from './outages.ts';
import type { PretendNode } from './pretend-node.ts';
import type { Processor } from './processor.ts';
import type { Random } from './random.ts';
import type { ShopOrder } from './shop.ts';
import type { Timers } from './timers.ts';

/** The second chain, and the two nodes by which it is known. */
export interface SideChain {
  readonly chain: Chain;
  readonly nodes: readonly [PretendNode, PretendNode];
}

export interface StageParts {
  readonly random: Random;
  readonly timers: Timers;
  readonly chain: Chain;
  readonly side: SideChain;
  readonly bitcoin: PretendBitcoin;
  readonly processor: Processor;
  readonly btcpay: PretendBtcPay;
  readonly coinbase: PretendCoinbase;
  readonly outages: Outages;
  readonly blockMs: number;
  readonly nextReference: () => string;
  readonly place: (order: ShopOrder, idempotencyKey: string) => Promise<void>;
  readonly say: (line: string) => void;
}

/** A line about an order. */
export type Say = (reference: string, what: string) => void;
