/** What a stage is made of. */
import type { PretendBitcoin } from '../chains/bitcoin/chain.ts';
import type { Chain } from '../chains/evm/chain.ts';
import type { SideChain } from '../chains/evm/side-chain.ts';
import type { Random } from '../clock/random.ts';
import type { Timers } from '../clock/timers.ts';
import type { PretendBtcPay } from '../processors/btcpay/server.ts';
import type { PretendCoinbase } from '../processors/coinbase/checkouts.ts';
import type { Processor } from '../processors/crypto-com-pay/processor.ts';
import type { ShopOrder } from '../shop/till.ts';
import type { Outages } from './outages.ts';

/** The chains and processors of the pretend world, and what befalls them. */
export interface Scenery {
  readonly random: Random;
  readonly chain: Chain;
  readonly side: SideChain;
  readonly bitcoin: PretendBitcoin;
  readonly processor: Processor;
  readonly btcpay: PretendBtcPay;
  readonly coinbase: PretendCoinbase;
  readonly outages: Outages;
}

export interface StageParts extends Scenery {
  readonly timers: Timers;
  readonly blockMs: number;
  readonly nextReference: () => string;
  /** @returns the order's id at the gateway */
  readonly place: (order: ShopOrder, idempotencyKey: string) => Promise<string>;
  /** The shop says which transaction its customer named. */
  readonly name: (orderId: string, txHash: string) => Promise<void>;
  readonly say: (line: string) => void;
}

/** A line about an order. */
export type Say = (reference: string, what: string) => void;
