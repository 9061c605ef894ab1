import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Address, Hash } from 'viem';
import type { FindingCode } from '../../../contract/diagnosis.ts';
import type { Order, OrderFact, Verdict } from '../../../contract/order.ts';
import { createGateway } from '../../../gateway/app.ts';
import type { Gateway } from '../../../gateway/app.ts';
import { createEvmWatcher } from '../../../gateway/chains/evm/watcher.ts';
import { compose } from '../../../gateway/compose.ts';
import { gatewayConfigSchema } from '../../../gateway/config/config-schema.ts';
import type { EventDraft } from '../../../gateway/ledger.ts';
import type { Observations } from '../../../gateway/observations.ts';
import { anvilBinary, startAnvil } from '../../support/anvil/start-anvil.ts';
import type { Anvil } from '../../support/anvil/start-anvil.ts';
import { TestChain } from '../../support/anvil/test-chain.ts';
import { CHAIN, Hearing } from '../../support/anvil/watcher-desk.ts';

const SHOP: Address = '0x1111111111111111111111111111111111111111';
const GWEI = 1_000_000_000n;
const FAST = { maxFeePerGas: 100n * GWEI };
const DUE = 1000n;
const MINUTE = 60_000;

/** A customer and a chain; what they did is remembered for what mends it. */
interface Stage {
  readonly chain: TestChain;
  /** Pays in coins and resolves when the gateway has seen it. */
  pays(amount?: bigint, more?: { nonce?: number; maxFeePerGas?: bigint }): Promise<Hash>;
  /** The gateway's clock goes on. */
  later(ms: number): void;
  handsOver(): Promise<unknown>;
  resolves(): Promise<unknown>;
  /** Says that a transaction paid the order. */
  names(txHash: Hash): Promise<unknown>;
  /** Resolves when the gateway has looked for it in vain. */
  unknown(txHash: Hash): Promise<void>;
  until(check: (order: Order) => void): Promise<Order>;
  /** A token that is configured and was not asked for, and one that only claims to be what was. */
  readonly other: Address;
  readonly fake: Address;
  /** A second node, of another chain that the gateway watches too. */
  readonly elsewhere: TestChain;
  raw: `0x${string}`;
  nonce: number;
}

interface Row {
  readonly name: string;
  readonly code: FindingCode;
  readonly play: (stage: Stage) => Promise<unknown>;
  /** What the evidence has to say. */
  readonly evidence: RegExp;
  readonly verdict: Verdict;
  /** What takes the finding away again; left out where only a person can settle it. */
  readonly mend?: (stage: Stage) => Promise<unknown>;
}

const settle = ({ chain }: Stage) => chain.mine(3);
const payAgain = async (stage: Stage) => {
  await stage.pays();
  await settle(stage);
};

const rows: readonly Row[] = [
  {
    name: 'a nonce gap',
    code: 'nonce-gap',
    play: async (stage) => {
      // A pool keeps such a transaction to itself: the gateway hears of it from the customer.
      stage.nonce = await stage.chain.nonce();
      await stage.names(await stage.chain.payCoins(SHOP, DUE, 0, { nonce: stage.nonce + 1 }));
    },
    evidence: /the customer named 0x\w+; it is the sender's transaction number \d+; number \d+ is missing/,
    verdict: 'wait',
    mend: async ({ chain, nonce }) => {
      await chain.payCoins(chain.payer(1), 1n, 0, { nonce });
      await chain.mine();
    },
  },
  {
    name: 'a fee that is too low',
    code: 'fee-too-low',
    play: async (stage) => {
      const base = await stage.chain.baseFee();
      await stage.pays(DUE, { maxFeePerGas: base + GWEI });
      await stage.chain.setNextBaseFee(base + 5n * GWEI);
    },
    evidence: /it bids [\d.]+ gwei; the next block asks [\d.]+ gwei/,
    verdict: 'wait',
    mend: ({ chain }) => chain.setNextBaseFee(1n),
  },
  {
    name: 'sped up',
    code: 'replaced',
    play: async (stage) => {
      stage.nonce = await stage.chain.nonce();
      await stage.pays(DUE, { nonce: stage.nonce });
      await stage.pays(DUE, { nonce: stage.nonce, ...FAST });
    },
    evidence: /in 0x\w+, replaced by 0x\w+, which pays/,
    verdict: 'wait',
    mend: settle,
  },
  {
    name: 'cancelled by the sender',
    code: 'cancelled-by-sender',
    play: async (stage) => {
      stage.nonce = await stage.chain.nonce();
      await stage.pays(DUE, { nonce: stage.nonce });
      await stage.chain.payCoins(stage.chain.payer(), 0n, 0, { nonce: stage.nonce, ...FAST });
      await stage.chain.mine();
    },
    evidence: /replaced by 0x\w+$/,
    verdict: 'wait',
    mend: payAgain,
  },
  {
    name: 'dropped by the network',
    code: 'dropped',
    play: async (stage) => {
      const hash = await stage.pays();
      stage.raw = await stage.chain.raw(hash);
      await stage.chain.drop(hash);
    },
    evidence: /ETH in 0x\w+/,
    verdict: 'wait',
    mend: ({ chain, raw }) => chain.send(raw),
  },
  {
    name: 'named and never sent',
    code: 'not-broadcast',
    play: async (stage) => {
      await stage.names(`0x${'ab'.repeat(32)}`);
      await stage.unknown(`0x${'ab'.repeat(32)}`);
      stage.later(MINUTE / 2);
    },
    evidence: /the customer named 0xabab/,
    verdict: 'wait',
    mend: payAgain,
  },
  {
    name: 'mined and reverted',
    code: 'reverted',
    play: async ({ chain }) => {
      await chain.payToken(SHOP, 10n ** 30n);
      await chain.mine();
    },
    evidence: /USDC in 0x\w+/,
    verdict: 'hold',
    mend: payAgain,
  },
  {
    name: 'the wrong token',
    code: 'wrong-asset',
    play: async ({ chain, other }) => {
      await chain.payToken(SHOP, DUE, 0, other);
      await chain.mine();
    },
    evidence: /USDT in 0x\w+; asked for: ETH on eip155:31337, USDC on eip155:31337/,
    verdict: 'hold',
    mend: async (stage) => {
      await payAgain(stage);
      await stage.resolves();
    },
  },
  {
    name: 'a fake token',
    code: 'fake-token',
    play: async ({ chain, fake }) => {
      await chain.payToken(SHOP, DUE, 0, fake);
      await chain.mine();
    },
    evidence: /from the contract 0x\w+, which is not configured/,
    verdict: 'hold',
    mend: payAgain,
  },
  {
    name: 'the right token on the wrong chain',
    code: 'wrong-chain',
    play: async ({ elsewhere }) => {
      await elsewhere.payToken(SHOP, DUE);
      await elsewhere.mine();
    },
    evidence: /USDC in 0x\w+ on eip155:10; asked for: ETH on eip155:31337, USDC on eip155:31337/,
    verdict: 'hold',
    mend: async (stage) => {
      await payAgain(stage);
      await stage.resolves();
    },
  },
  {
    name: 'late',
    code: 'late',
    play: async (stage) => {
      stage.later(2 * MINUTE);
      await stage.until(({ status }) => expect(status).toBe('expired'));
      await stage.pays();
    },
    evidence: /paid 1 min.* after the order expired/,
    verdict: 'hold',
  },
  {
    name: 'too little',
    code: 'underpaid',
    play: (stage) => stage.pays(400n),
    evidence: /are missing; received/,
    verdict: 'wait',
    mend: (stage) => stage.pays(600n),
  },
  {
    name: 'twice',
    code: 'double-payment',
    play: async (stage) => {
      await stage.pays();
      await stage.pays();
    },
    evidence: /ETH in 0x\w+; .*ETH in 0x\w+/,
    verdict: 'wait',
  },
  {
    name: 'a reorg after the goods were handed over',
    code: 'reorg-after-release',
    play: async (stage) => {
      const hash = await stage.pays();
      stage.raw = await stage.chain.raw(hash);
      await stage.chain.mine();
      await stage.until(({ verdict }) => expect(verdict).toBe('release'));
      await stage.handsOver();
      await stage.chain.reorg(1);
    },
    evidence: /is no longer in the chain; the goods were handed over/,
    verdict: 'hold',
    mend: async (stage) => {
      await stage.chain.send(stage.raw);
      await settle(stage);
    },
  },
];

describe.skipIf(anvilBinary() === null)('[DG1] a real node, and what the gateway finds', () => {
  let anvil: Anvil;
  let second: Anvil;
  let chain: TestChain;
  let elsewhere: TestChain;
  let dataDir: string;
  let gateway: Gateway;
  let other: Address;
  let fake: Address;
  let observed: Observations | undefined;
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };

  beforeEach(async () => {
    clock.ahead = 0;
    [anvil, second] = await Promise.all([startAnvil(), startAnvil(['--chain-id', '10'])]);
    chain = new TestChain(anvil);
    elsewhere = new TestChain(second, 10);
    const usdc = { symbol: 'USDC', address: await chain.deployToken(), decimals: 6 };
    const usdt = { symbol: 'USDT', address: await chain.deployAnotherToken(), decimals: 6 };
    [other, fake] = [usdt.address, await chain.deployAnotherToken()];
    dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-diagnosis-'));
    const tokens = [usdc, usdt];
    const theirs = [{ ...usdc, address: await elsewhere.deployToken() }];
    const farther = { id: 'eip155:10', rpc: [second.http], confirmations: 3, tokens: theirs };
    const config = gatewayConfigSchema.parse({
      stores: [{ id: 'main', name: 'Main', release: [{ chain: CHAIN, confirmations: 1 }] }],
      chains: [
        { id: CHAIN, kind: 'evm', rpc: [anvil.ws], confirmations: 3, tokens },
        { ...farther, kind: 'evm' },
      ],
    });
    const timings = { pollMs: 40, recheckMs: 60, dropAfterMs: 400 };
    const watcher = createEvmWatcher({ id: CHAIN, rpc: [anvil.ws, anvil.http], confirmations: 3, tokens, timings });
    const composed = compose(config, { version: 'test', dataDir, clock, log: new Hearing().log });
    gateway = await createGateway({
      ...composed,
      chains: [watcher, createEvmWatcher({ ...farther, timings })],
      diagnose: (held, now, observations, lookAgain) => {
        observed = observations;
        return composed.diagnose(held, now, observations, lookAgain);
      },
      timings: { tickMs: 20, steadyLineMs: 50 },
    });
    await gateway.listen({ port: 0, host: '127.0.0.1' });
    await place(usdc.address);
  });

  afterEach(async () => {
    await gateway.close();
    await Promise.all([anvil.stop(), second.stop()]);
    await rm(dataDir, { recursive: true, force: true });
  });

  /** Coins or tokens, whichever comes. */
  async function place(token: Address): Promise<void> {
    const now = clock.now();
    const option = { chain: CHAIN, address: SHOP, amount: String(DUE) };
    const fact: OrderFact = {
      ...{ sourceRef: 'r', reference: 'A-1', price: { currency: 'USD', amount: '1' }, live: true },
      ...{ createdAt: now, expiresAt: now + MINUTE, graceUntil: now + 60 * MINUTE },
      pay: [
        { ...option, asset: 'native', symbol: 'ETH', decimals: 18 },
        { ...option, asset: `erc20:${token}`, symbol: 'USDC', decimals: 6 },
      ],
    };
    await append({ kind: 'order.created', ...about('direct'), data: { order: fact } });
  }

  const about = (source: string) => ({ order: 'ord', source, occurred: null, sent: null });

  function append(draft: EventDraft): Promise<unknown> {
    return gateway.storage.ledger.append('main', [{ order: 'ord', decide: () => [draft] }]);
  }

  async function read(): Promise<Order> {
    const held = await gateway.storage.ledger.order('main', 'ord');
    if (!held) throw new Error('there is no order');
    return held;
  }

  const until = (check: (order: Order) => void) =>
    vi.waitFor(
      async () => {
        const held = await read();
        check(held);
        return held;
      },
      { timeout: 10_000, interval: 20 },
    );

  const newStage = (): Stage => ({
    ...{ chain, elsewhere, other, fake, raw: '0x', nonce: 0, until },
    async pays(amount = DUE, more = {}) {
      const hash = await chain.payCoins(SHOP, amount, 0, more);
      await until(({ payments }) => expect(payments.map(({ txHash }) => txHash)).toContain(hash));
      return hash;
    },
    later: (ms) => void (clock.ahead += ms),
    handsOver: () => append({ kind: 'order.released', ...about('desk'), data: {} }),
    resolves: () => append({ kind: 'case.resolved', ...about('desk'), data: { reason: 'sent back' } }),
    unknown: (txHash) =>
      vi.waitFor(() => expect(observed?.transaction(CHAIN, txHash)?.kind).toBe('not-found'), { timeout: 10_000 }),
    names: (txHash) => append({ kind: 'transaction.named', ...about('desk'), data: { chain: CHAIN, txHash } }),
  });

  test.each(rows)('$name: $code', async ({ code, play, evidence, verdict, mend }) => {
    const stage = newStage();
    await play(stage);
    const found = await until(({ diagnosis }) => expect(diagnosis.map((each) => each.code)).toContain(code));
    const finding = found.diagnosis.find((each) => each.code === code);
    expect(finding?.evidence.join('; ')).toMatch(evidence);
    expect(finding?.nextStep).toMatch(/\.$/);
    await until((held) => expect(held.verdict).toBe(verdict));
    if (!mend) return;
    await mend(stage);
    await until(({ diagnosis }) => expect(diagnosis.map((each) => each.code)).not.toContain(code));
  });
});
