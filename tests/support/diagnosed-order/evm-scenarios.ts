/** What befalls payments on EVM chains alone: nonces, failing transactions, tokens. */
import type { FindingCode } from '../../../contract/diagnosis.ts';
import { pays, paysAndSettles, SETTLED_DEPTH } from './common-scenarios.ts';
import { ELSEWHERE } from './evm-payer.ts';
import type { EvmPayer } from './evm-payer.ts';
import type { Scenario, Stage } from './scenario.ts';

/** 20 tokens of six decimals. */
const TOKENS = 20_000_000n;

const askedFor = ({ payer }: Stage) =>
  `asked for: ${payer.pay.map(({ symbol, chain }) => `${symbol} on ${String(chain)}`).join(', ')}`;

/** The right money makes the goods safe; that the other was sent back is a person's to say. */
const paysRightAndResolves = (left: FindingCode) => async (stage: Stage) => {
  await paysAndSettles(stage);
  await stage.order.finds([left]);
  await stage.order.until(({ verdict }) => {
    if (verdict !== 'release') throw new Error(`the verdict is ${verdict}`);
  });
  await stage.order.resolves();
};

export const evmScenarios: readonly Scenario<EvmPayer>[] = [
  {
    name: 'an earlier transaction of its wallet is missing',
    code: 'nonce-gap',
    // A pool keeps such a transaction to itself: the gateway hears of it from the customer.
    play: async ({ payer, order }) => {
      const { hash, nonce } = await payer.sendAhead();
      await order.named(payer.chain, hash);
      const why = `it is the sender's transaction number ${nonce}; number ${nonce - 1} is missing and has to come first`;
      return [`the customer named ${hash}`, why];
    },
    finds: ['nonce-gap'],
    verdict: 'wait',
    mend: async ({ payer }) => {
      await payer.fillGap();
      await payer.mine(SETTLED_DEPTH);
    },
  },
  {
    name: 'mined and failed',
    code: 'reverted',
    play: async ({ payer }) => {
      const { hash } = await payer.sendWhatItLacks();
      return [`1000000000000000000000000 USDC in ${hash}`];
    },
    finds: ['reverted'],
    verdict: 'hold',
    mend: paysAndSettles,
  },
  {
    name: 'named, and the right token to somebody else',
    code: 'not-paid-here',
    play: async ({ payer, order }) => {
      const { hash } = await payer.sendTokenAway();
      await payer.mine();
      await order.named(payer.chain, hash);
      const mined = `it was mined in block ${await payer.height()}, with fewer than ${SETTLED_DEPTH} confirmations`;
      return [`the customer named ${hash}`, mined, /^20 USDC to 0x2{40}$/, /^this order is paid to 0x1{40}$/];
    },
    finds: ['not-paid-here'],
    verdict: 'wait',
    mend: paysAndSettles,
  },
  {
    name: 'named, and a contract that may have paid inside',
    code: 'not-paid-here',
    play: async ({ payer, order }) => {
      const { hash } = await payer.callContract();
      await payer.mine();
      await order.named(payer.chain, hash);
      const mined = `it was mined in block ${await payer.height()}, with fewer than ${SETTLED_DEPTH} confirmations`;
      return [
        `the customer named ${hash}`,
        mined,
        /^it runs a contract: .* may have reached this order$/,
        /^this order is/,
      ];
    },
    finds: ['not-paid-here'],
    verdict: 'wait',
    mend: paysAndSettles,
  },
  {
    name: 'the wrong token',
    code: 'wrong-asset',
    play: async (stage) => {
      const { hash } = await stage.payer.sendToken(stage.payer.contracts.usdt, TOKENS);
      return [`20 USDT in ${hash}`, askedFor(stage)];
    },
    finds: ['wrong-asset'],
    verdict: 'hold',
    mend: paysRightAndResolves('wrong-asset'),
  },
  {
    name: 'the right token on the wrong chain',
    code: 'wrong-chain',
    play: async (stage) => {
      const { hash } = await stage.payer.sendElsewhere(TOKENS);
      return [`20 USDC in ${hash} on ${ELSEWHERE}`, askedFor(stage)];
    },
    finds: ['wrong-chain'],
    verdict: 'hold',
    mend: paysRightAndResolves('wrong-chain'),
  },
  {
    name: 'a fake token',
    code: 'fake-token',
    play: async (stage) => {
      const { fake } = stage.payer.contracts;
      const { hash } = await stage.payer.sendToken(fake, TOKENS);
      const what = `${TOKENS} base units of USDC in ${hash}, from the contract ${fake.toLowerCase()}`;
      return [`${what}, which is not configured`, askedFor(stage)];
    },
    finds: ['fake-token'],
    verdict: 'hold',
    mend: paysAndSettles,
  },
  {
    name: 'beside the right money, a token for nothing',
    code: 'confirming',
    play: async (stage) => {
      await stage.payer.keepPace();
      await stage.payer.sendToken(stage.payer.contracts.fake, TOKENS);
      const { hash } = await pays(stage);
      return [`needed by ${stage.payer.chain}: 2 confirmations`, /once it gets into blocks$/, `0.008 ETH in ${hash}`];
    },
    finds: ['confirming'],
    verdict: 'wait',
    mend: ({ payer }) => payer.mine(SETTLED_DEPTH),
  },
];
