import type { Random } from '../../../../demo/clock/random.ts';
import type { Order } from '../../../../contract/order.ts';
import { DEPTH } from '../chain/bench-chain.ts';
import { AMOUNT, chainOf, expectOrder, hasFinding, isFound, moneyStands, placeOrder } from '../chain/chain-till.ts';
import { nothing } from '../fault.ts';
import type { Drawn, Fault } from '../fault.ts';

/** The shortest that an order can be open, seconds, and a little more than it and the grace after it, milliseconds. */
const OPEN_SECONDS = 60;
const EXPIRED_MS = 61_000;
const GRACE_OVER_MS = 3_600_000;

interface Variant {
  /** How far the clock goes before the money is sent; 0 where it is sent in time, and mined late. */
  readonly paidAfterMs: number;
  readonly minedAfterMs: number;
  readonly is: string;
  readonly holds: (order: Order) => boolean;
}

const variants: Readonly<Record<string, Variant>> = {
  'within the grace': {
    paidAfterMs: EXPIRED_MS,
    minedAfterMs: 0,
    is: 'is paid, late and held, with evidence',
    holds: (order) => order.status === 'paid' && isLate(order) && order.verdict === 'hold',
  },
  'after the grace': {
    paidAfterMs: EXPIRED_MS + GRACE_OVER_MS,
    minedAfterMs: 0,
    is: 'is expired, late and held, with evidence',
    holds: (order) => order.status === 'expired' && isLate(order) && order.verdict === 'hold',
  },
  'sent in time, and mined late': {
    paidAfterMs: 0,
    minedAfterMs: EXPIRED_MS,
    is: 'is released, and not late',
    holds: (order) => order.status === 'paid' && !hasFinding(order, 'late') && order.verdict === 'release',
  },
};

function isLate(order: Order): boolean {
  return order.flags.includes('late') && isFound(order, 'late');
}

function late(random: Random): Drawn {
  const [name, variant] = random.pick(Object.entries(variants));
  return {
    detail: name,
    begin: async (stage) => {
      const { gateway } = stage;
      const chain = chainOf(stage);
      const order = await placeOrder(stage, random, OPEN_SECONDS);
      const { paidAfterMs, minedAfterMs, is, holds } = variant;
      if (paidAfterMs > 0) {
        gateway.setClock(paidAfterMs);
        await expectOrder(stage, order, 'is expired', ({ status }) => status === 'expired');
      }
      await chain.pay(order.address, AMOUNT);
      if (chain.poolIsWhole || paidAfterMs <= EXPIRED_MS) {
        await expectOrder(stage, order, 'shows the money in the pool', ({ payments }) => payments.length > 0);
      }
      if (minedAfterMs > 0) gateway.setClock(minedAfterMs);
      moneyStands(stage, order, paidAfterMs === 0);
      await chain.mine(DEPTH);
      await expectOrder(stage, order, is, holds);
      return nothing;
    },
  };
}

export const latePaymentFault: Fault = {
  number: 39,
  title: 'late payment',
  needs: ['chain', 'gateway', 'gateway-clock'],
  draw: late,
};
