import type { Random } from '../../../../demo/clock/random.ts';
import { DEPTH } from '../chain/bench-chain.ts';
import { AMOUNT, chainOf, expectOrder, hasFinding, isFound, moneyStands, placeOrder } from '../chain/chain-till.ts';
import type { Placed } from '../chain/chain-till.ts';
import type { Drawn, Fault } from '../fault.ts';
import type { Stage } from '../stage.ts';

const variants = {
  'while the payment was being confirmed': { depth: 1, handedOver: false },
  'after the verdict was release': { depth: DEPTH, handedOver: false },
  'after the goods were handed over': { depth: DEPTH, handedOver: true },
} as const;

type Variant = (typeof variants)[keyof typeof variants];

/** The chain takes a payment's blocks back, and takes the payment up again later. */
function reorg(random: Random): Drawn {
  const name = random.pick(Object.keys(variants) as (keyof typeof variants)[]);
  const unseen = random.chance(0.35);
  return {
    detail: `${name}${unseen ? ', the gateway killed meanwhile' : ''}`,
    begin: async (stage) => {
      const chain = chainOf(stage);
      const order = await placeOrder(stage, random);
      const sent = await chain.pay(order.address, AMOUNT);
      await confirm(stage, order, variants[name]);
      if (unseen) kill(stage);
      moneyStands(stage, order, false);
      await chain.reorg(variants[name].depth);
      if (unseen) await stage.gateway.open();
      await expectLost(stage, order, variants[name]);
      return async () => {
        moneyStands(stage, order, true);
        await chain.resend(sent);
        await chain.mine(DEPTH);
        await expectOrder(stage, order, 'is released again, without a finding of the reorg', isWellAgain);
      };
    },
  };
}

async function confirm(stage: Stage, order: Placed, { depth, handedOver }: Variant): Promise<void> {
  if (depth >= DEPTH) moneyStands(stage, order, true);
  await chainOf(stage).mine(depth);
  if (depth < DEPTH) {
    await expectOrder(stage, order, 'is being confirmed', ({ status }) => status === 'confirming');
    return;
  }
  await expectOrder(stage, order, 'is released', ({ status, verdict }) => status === 'paid' && verdict === 'release');
  if (handedOver) await stage.commander.say('release', order.id);
}

async function expectLost(stage: Stage, order: Placed, { depth }: Variant): Promise<void> {
  const code = depth < DEPTH ? 'reorged' : 'reorg-after-release';
  await expectOrder(stage, order, `has the finding ${code}, with evidence, and is not released`, (held) => {
    return isFound(held, code) && held.status === 'awaiting' && held.verdict !== 'release';
  });
}

function isWellAgain(order: Parameters<typeof hasFinding>[0]): boolean {
  const { status, verdict } = order;
  return status === 'paid' && verdict === 'release' && !hasFinding(order, 'reorged', 'reorg-after-release');
}

function kill({ gateway, proxy }: Stage): void {
  proxy.reset();
  gateway.kill();
}

export const reorgFault: Fault = { number: 38, title: 'chain reorg', needs: ['chain', 'gateway'], draw: reorg };
