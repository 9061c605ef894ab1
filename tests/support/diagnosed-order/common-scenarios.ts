/** What befalls payments on every chain; the same table for each kind of chain, and each shape of node. */
import { expect } from 'vitest';
import { LIFE_MS, RELEASE_DEPTH } from './diagnosed-order.ts';
import type { Payer, Sent } from './payer.ts';
import { due, worth } from './scenario.ts';
import type { Scenario, Stage } from './scenario.ts';

const MINUTE = 60_000;
/** As deep as makes it settled, and the goods safe. */
export const SETTLED_DEPTH = 3;

/** Resolves when the gateway knows it. */
export async function pays({ payer, order }: Stage, amount?: bigint): Promise<Sent> {
  const sent = await payer.send(amount);
  await order.sees(sent);
  return sent;
}

export async function paysAndSettles(stage: Stage): Promise<void> {
  await pays(stage);
  await stage.payer.mine(SETTLED_DEPTH);
}

const settles = ({ payer }: Stage) => payer.mine(SETTLED_DEPTH);

/** What only a person can settle: the money is there, and is not as it should be. */
async function isResolved(stage: Stage): Promise<void> {
  await settles(stage);
  await stage.order.until(({ status }) => expect(status).toBe('paid'));
  await stage.order.resolves();
}

const half = (payer: Payer) => due(payer) / 2n;
const evidenceOf = ({ payer }: Stage, sent: Sent, amount?: bigint) => `${worth(payer, amount)} in ${sent.hash}`;
const kept = new WeakMap<Stage, Sent>();

/** The payment that a scenario lost, sent once more as it was. */
async function comesBack(stage: Stage): Promise<void> {
  const sent = kept.get(stage);
  if (sent) await stage.payer.resend(sent);
}

async function paysOnceMore(stage: Stage): Promise<void> {
  await comesBack(stage);
  await settles(stage);
}

async function twice(stage: Stage, amount: (payer: Payer) => bigint): Promise<string[]> {
  const each = amount(stage.payer);
  const [first, second] = [await pays(stage, each), await pays(stage, each)];
  return [evidenceOf(stage, first, each), evidenceOf(stage, second, each)];
}

export const commonScenarios: readonly Scenario[] = [
  {
    name: 'a fee that is too low',
    code: 'fee-too-low',
    play: async (stage) => {
      const { bid, asked, ...sent } = await stage.payer.sendTooCheap();
      return [evidenceOf(stage, sent), `it bids ${bid}; blocks ask ${asked} at present`];
    },
    finds: ['fee-too-low', 'confirming'],
    verdict: 'wait',
    mend: async (stage) => {
      await stage.payer.lowerFees();
      await stage.order.finds(['confirming']);
      await settles(stage);
    },
  },
  {
    name: 'sped up by its sender',
    code: 'replaced',
    play: async (stage) => {
      const slow = await pays(stage);
      const fast = await stage.payer.outbid(slow, 'the shop');
      return [`${evidenceOf(stage, slow)}, replaced by ${fast.hash}, which pays ${worth(stage.payer)}`];
    },
    finds: ['replaced', 'confirming'],
    verdict: 'wait',
    mend: settles,
  },
  {
    name: 'taken back by its sender',
    code: 'cancelled-by-sender',
    play: async (stage) => {
      const sent = await pays(stage);
      const { hash } = await stage.payer.outbid(sent, 'the sender');
      await stage.payer.mine();
      return [`${evidenceOf(stage, sent)}, replaced by ${hash}`];
    },
    finds: ['cancelled-by-sender'],
    verdict: 'wait',
    mend: paysAndSettles,
  },
  {
    name: 'forgotten by every pool',
    code: 'dropped',
    forgottenAfterMs: 400,
    play: async (stage) => {
      const sent = await pays(stage);
      kept.set(stage, sent);
      await stage.payer.forget(sent);
      return [evidenceOf(stage, sent)];
    },
    finds: ['dropped'],
    verdict: 'wait',
    mend: async (stage) => {
      await comesBack(stage);
      await stage.order.finds(['confirming']);
      await settles(stage);
    },
  },
  {
    name: 'named and never sent',
    code: 'not-broadcast',
    isAbsence: true,
    play: async ({ payer, order }) => {
      const { chain, unknownHash } = payer;
      await order.named(chain, unknownHash);
      await order.looksInVain(chain, unknownHash);
      order.later(MINUTE / 2);
      const unknown = /^(our node does not know|none of 2 nodes knows) the transaction$/;
      return [`the customer named ${unknownHash}`, unknown];
    },
    finds: ['not-broadcast'],
    verdict: 'wait',
    mend: paysAndSettles,
  },
  {
    name: 'named, and paid to somebody else',
    code: 'not-paid-here',
    play: async (stage) => {
      const { payer, order } = stage;
      const { hash, moves } = await payer.sendAway();
      await order.named(payer.chain, hash);
      const paidTo = `this order is paid to ${payer.pay[0].address ?? ''}`;
      const evidence = [`the customer named ${hash}`, 'it is not mined yet', ...moves, paidTo];
      await order.until(({ diagnosis: [finding] }) =>
        expect(finding?.evidence).toEqual(
          evidence.map((line): unknown => (typeof line === 'string' ? line : expect.stringMatching(line))),
        ),
      );
      await payer.mine();
      const height = await payer.height();
      const mined = `it was mined in block ${height}, with fewer than ${SETTLED_DEPTH} confirmations`;
      return [evidence[0] ?? '', mined, ...moves, paidTo];
    },
    finds: ['not-paid-here'],
    verdict: 'wait',
    mend: paysAndSettles,
  },
  {
    name: 'named, paid to somebody else, and taken back by a reorg',
    code: 'not-paid-here',
    play: async ({ payer, order }) => {
      const { hash, moves } = await payer.sendAway();
      await payer.mine(SETTLED_DEPTH);
      await order.named(payer.chain, hash);
      const height = (await payer.height()) - SETTLED_DEPTH + 1;
      const mined = `it was mined in block ${height}, with ${SETTLED_DEPTH} confirmations or more`;
      const paidTo = `this order is paid to ${payer.pay[0].address ?? ''}`;
      return [`the customer named ${hash}`, mined, ...moves, paidTo];
    },
    finds: ['not-paid-here'],
    verdict: 'wait',
    mend: async (stage) => {
      await stage.payer.reorg(SETTLED_DEPTH);
      await stage.order.finds([]);
      await paysAndSettles(stage);
    },
  },
  {
    name: 'a reorg before the goods may go',
    code: 'reorged',
    play: async (stage) => {
      const sent = await pays(stage);
      kept.set(stage, sent);
      await stage.payer.mine();
      await stage.order.until(({ payments }) => expect(payments[0]?.confirmations).toBe(1));
      await stage.payer.reorg(1);
      return [evidenceOf(stage, sent)];
    },
    finds: ['reorged'],
    verdict: 'wait',
    mend: paysOnceMore,
  },
  {
    name: 'a reorg after the goods were handed over',
    code: 'reorg-after-release',
    play: async (stage) => {
      const sent = await pays(stage);
      kept.set(stage, sent);
      await stage.payer.mine(RELEASE_DEPTH);
      await stage.order.until(({ verdict }) => expect(verdict).toBe('release'));
      await stage.order.handsOver();
      await stage.payer.reorg(RELEASE_DEPTH);
      return [`${evidenceOf(stage, sent)} is no longer in the chain`, 'the goods were handed over'];
    },
    finds: ['reorg-after-release'],
    verdict: 'hold',
    mend: paysOnceMore,
  },
  {
    name: 'late',
    code: 'late',
    play: async (stage) => {
      stage.order.later(LIFE_MS + MINUTE);
      await stage.order.until(({ status }) => expect(status).toBe('expired'));
      await pays(stage);
      return [/^paid 1 min( \d+ s)? after the order expired$/];
    },
    finds: ['confirming', 'late'],
    verdict: 'hold',
    mend: isResolved,
    // Whether the price still holds is an admin's to say.
    verdictAfter: 'hold',
  },
  {
    name: 'a part',
    code: 'underpaid',
    play: async (stage) => {
      const { payer } = stage;
      await pays(stage, half(payer));
      return [`${worth(payer, half(payer))} are missing`, `received ${worth(payer, half(payer))} of ${worth(payer)}`];
    },
    finds: ['underpaid'],
    verdict: 'wait',
    mend: async (stage) => {
      await pays(stage, half(stage.payer));
      await settles(stage);
    },
    leaves: ['paid-in-parts'],
  },
  {
    name: 'in two parts',
    code: 'paid-in-parts',
    play: (stage) => twice(stage, half),
    finds: ['confirming', 'paid-in-parts'],
    verdict: 'wait',
    mend: settles,
    leaves: ['paid-in-parts'],
  },
  {
    name: 'too much',
    code: 'overpaid',
    play: async (stage) => {
      const { payer } = stage;
      const [surplus, amount] = [half(payer), due(payer) + half(payer)];
      await pays(stage, amount);
      return [`${worth(payer, surplus)} too much`, `received ${worth(payer, amount)} of ${worth(payer)}`];
    },
    finds: ['confirming', 'overpaid'],
    verdict: 'wait',
    mend: isResolved,
  },
  {
    name: 'twice',
    code: 'double-payment',
    play: (stage) => twice(stage, due),
    finds: ['confirming', 'overpaid', 'double-payment'],
    verdict: 'wait',
    mend: isResolved,
  },
];
