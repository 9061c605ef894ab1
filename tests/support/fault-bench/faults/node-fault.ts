import type { Random } from '../../../../demo/clock/random.ts';
import type { Order } from '../../../../contract/order.ts';
import { DEPTH } from '../chain/bench-chain.ts';
import { AMOUNT, chainOf, expectOrder, hasFinding, isFound, moneyStands, placeOrder } from '../chain/chain-till.ts';
import type { Placed } from '../chain/chain-till.ts';
import type { Drawn, Fault, Lift } from '../fault.ts';
import type { Stage } from '../stage.ts';

/** More than nodes may differ by at the tip without anybody minding. */
const BLOCKS = DEPTH + 3;

async function pay(stage: Stage, order: Placed): Promise<void> {
  const chain = chainOf(stage);
  await chain.pay(order.address, AMOUNT);
  moneyStands(stage, order, true);
  await chain.mine(BLOCKS);
}

const released = ({ status, verdict }: Order): boolean => status === 'paid' && verdict === 'release';

function isWell(order: Order): boolean {
  return released(order) && !hasFinding(order, 'node-down', 'node-behind', 'nodes-disagree');
}

/** The other node shows the chain all the while. */
function oneOf(how: 'down' | 'behind', node: number) {
  return async (stage: Stage, order: Placed): Promise<Lift> => {
    const lift = chainOf(stage).trouble(node, { how });
    await pay(stage, order);
    if (how === 'down') await expectOrder(stage, order, 'is released by the other node', released);
    return async () => {
      lift();
      await expectOrder(stage, order, 'is released', isWell);
    };
  };
}

async function bothDown(stage: Stage, order: Placed): Promise<Lift> {
  const chain = chainOf(stage);
  const lifts = [0, 1].map((node) => chain.trouble(node, { how: 'down' }));
  await pay(stage, order);
  await expectOrder(stage, order, 'has the finding node-down, with evidence', (held) => isFound(held, 'node-down'));
  return async () => {
    for (const lift of lifts) lift();
    await expectOrder(stage, order, 'is released, and the nodes answer', isWell);
  };
}

/** It shows money that nobody sent, as deep as one may wish. */
function lying(node: number) {
  return async (stage: Stage, order: Placed): Promise<Lift> => {
    const chain = chainOf(stage);
    const lift = chain.trouble(node, { how: 'lying', to: order.address, amount: AMOUNT });
    // By no more than nodes may differ: one that is seen further ahead is followed, and this one's word never heard.
    await chain.mine(DEPTH);
    if (node === 0) await expectOrder(stage, order, 'shows the money', ({ payments }) => payments.length > 0);
    await chain.mine(BLOCKS - DEPTH);
    if (node === 0) {
      await expectOrder(stage, order, 'has the finding nodes-disagree, with evidence, and is not released', (held) => {
        // Of what somebody handed over meanwhile there is nothing left to hold back.
        const isSaid = isFound(held, 'nodes-disagree') || held.releasedAt !== undefined;
        return isSaid && held.verdict !== 'release';
      });
    }
    return async () => {
      lift();
      await pay(stage, order);
      await expectOrder(stage, order, 'is released, and the nodes agree', isWell);
    };
  };
}

const variants = {
  'the first is down': oneOf('down', 0),
  'the second is down': oneOf('down', 1),
  'both are down': bothDown,
  'the first is behind': oneOf('behind', 0),
  'the first lies: money that nobody sent': lying(0),
  'the second lies: money that nobody sent': lying(1),
} as const;

function nodeTrouble(random: Random): Drawn {
  const name = random.pick(Object.keys(variants) as (keyof typeof variants)[]);
  return {
    detail: name,
    begin: async (stage) => variants[name](stage, await placeOrder(stage, random)),
  };
}

export const nodeFault: Fault = {
  number: 41,
  title: 'chain node behind, down, or lying',
  needs: ['chain', 'two-nodes', 'gateway'],
  draw: nodeTrouble,
};
