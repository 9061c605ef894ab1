import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FindingCode } from '../../../contract/diagnosis.ts';
import type { Order, OrderFact, Verdict } from '../../../contract/order.ts';
import { createGateway } from '../../../gateway/app.ts';
import type { Gateway } from '../../../gateway/app.ts';
import { createBitcoinWatcher } from '../../../gateway/chains/bitcoin/watcher.ts';
import { compose } from '../../../gateway/compose.ts';
import { gatewayConfigSchema } from '../../../gateway/config/config-schema.ts';
import type { EventDraft } from '../../../gateway/ledger.ts';
import { Hearing } from '../../support/anvil/watcher-desk.ts';
import { startBitcoind } from '../../support/bitcoin-node/bitcoind-server.ts';
import { startEsplora } from '../../support/bitcoin-node/esplora-server.ts';
import { REGTEST, ScriptedChain } from '../../support/bitcoin-node/scripted-chain.ts';
import type { ScriptedTransaction } from '../../support/bitcoin-node/scripted-chain.ts';
import type { TestNode } from '../../support/bitcoin-node/test-node.ts';

const SHOP = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
const OTHER = '2N3oefVeg6stiTb5Kh3ozCSkaqmx91FDbsm';
const DUE = 1000n;
const MINUTE = 60_000;
const DEPTH = 3;

interface Stage {
  readonly chain: ScriptedChain;
  /** Pays and resolves when the gateway has seen it. */
  pays(amount?: bigint, more?: { inputs?: readonly string[]; feeRate?: number }): Promise<ScriptedTransaction>;
  later(ms: number): void;
  handsOver(): Promise<unknown>;
  until(check: (order: Order) => void): Promise<Order>;
  paid?: ScriptedTransaction;
}

interface Row {
  readonly name: string;
  readonly code: FindingCode;
  readonly play: (stage: Stage) => Promise<unknown>;
  readonly evidence: RegExp;
  readonly verdict: Verdict;
  /** What takes the finding away again; left out where only a person can settle it. */
  readonly mend?: (stage: Stage) => unknown;
}

const payAgain = async (stage: Stage) => {
  await stage.pays();
  stage.chain.mine(DEPTH);
};

const rows: readonly Row[] = [
  {
    name: 'a fee that is too low',
    code: 'fee-too-low',
    play: (stage) => stage.pays(DUE, { feeRate: 3.5 }),
    evidence: /it bids 3\.5 sat\/vB; the next block asks 8 sat\/vB/,
    verdict: 'wait',
    mend: ({ chain }) => chain.mine(),
  },
  {
    name: 'a fee that is raised',
    code: 'replaced',
    play: async (stage) => {
      const { inputs } = await stage.pays();
      await stage.pays(DUE, { inputs, feeRate: 30 });
    },
    evidence: /BTC in [0-9a-f]{64}, replaced by [0-9a-f]{64}, which pays/,
    verdict: 'wait',
    mend: ({ chain }) => chain.mine(DEPTH),
  },
  {
    name: 'taken back by the sender',
    code: 'cancelled-by-sender',
    play: async (stage) => {
      const { inputs } = await stage.pays();
      stage.chain.pay(OTHER, DUE, { inputs, feeRate: 30 });
      stage.chain.mine();
    },
    evidence: /replaced by [0-9a-f]{64}$/,
    verdict: 'wait',
    mend: payAgain,
  },
  {
    name: 'evicted from the pool',
    code: 'dropped',
    play: async (stage) => {
      stage.paid = await stage.pays();
      stage.chain.evict(stage.paid);
    },
    evidence: /BTC in [0-9a-f]{64}/,
    verdict: 'wait',
    mend: ({ chain, paid }) => paid && chain.send(paid),
  },
  {
    name: 'a reorg before the goods may go',
    code: 'reorged',
    play: async (stage) => {
      stage.paid = await stage.pays();
      stage.chain.mine();
      await stage.until(({ payments }) => expect(payments[0]?.confirmations).toBe(1));
      stage.chain.reorg(1);
    },
    evidence: /BTC in [0-9a-f]{64}/,
    verdict: 'wait',
    mend: ({ chain, paid }) => {
      if (paid) chain.send(paid);
      chain.mine(DEPTH);
    },
  },
  {
    name: 'a reorg after the goods were handed over',
    code: 'reorg-after-release',
    play: async (stage) => {
      stage.paid = await stage.pays();
      stage.chain.mine(2);
      await stage.until(({ verdict }) => expect(verdict).toBe('release'));
      await stage.handsOver();
      stage.chain.reorg(2);
    },
    evidence: /is no longer in the chain; the goods were handed over/,
    verdict: 'hold',
    mend: ({ chain, paid }) => {
      if (paid) chain.send(paid);
      chain.mine(DEPTH);
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
    name: 'a part',
    code: 'underpaid',
    play: (stage) => stage.pays(400n),
    evidence: /are missing; received/,
    verdict: 'wait',
    mend: (stage) => stage.pays(600n),
  },
  {
    name: 'in two parts',
    code: 'paid-in-parts',
    play: async (stage) => {
      await stage.pays(400n);
      await stage.pays(600n);
    },
    evidence: /BTC in [0-9a-f]{64}; .*BTC in [0-9a-f]{64}/,
    verdict: 'wait',
  },
  {
    name: 'twice',
    code: 'double-payment',
    play: async (stage) => {
      await stage.pays();
      await stage.pays();
    },
    evidence: /BTC in [0-9a-f]{64}; .*BTC in [0-9a-f]{64}/,
    verdict: 'wait',
  },
];

const shapes = {
  esplora: async (chain: ScriptedChain) => ({ node: await startEsplora(chain), kind: 'esplora' as const }),
  bitcoind: async (chain: ScriptedChain) => ({ node: await startBitcoind(chain), kind: 'rpc' as const }),
};

describe.each(Object.keys(shapes) as (keyof typeof shapes)[])(
  '[DG1] Bitcoin by %s, and what the gateway finds',
  (shape) => {
    let chain: ScriptedChain;
    let node: TestNode;
    let dataDir: string;
    let gateway: Gateway;
    const clock = { ahead: 0, now: () => Date.now() + clock.ahead };

    beforeEach(async () => {
      clock.ahead = 0;
      chain = new ScriptedChain();
      const shaped = await shapes[shape](chain);
      node = shaped.node;
      dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-diagnosis-'));
      const endpoints = { [shaped.kind]: [node.url] };
      const config = gatewayConfigSchema.parse({
        stores: [{ id: 'main', name: 'Main', release: [{ chain: REGTEST, confirmations: 2 }] }],
        chains: [{ id: REGTEST, kind: 'bitcoin', confirmations: DEPTH, ...endpoints }],
      });
      const timings = { pollMs: 40, recheckMs: 60, dropAfterMs: 400, retryMinMs: 40 };
      const watcher = createBitcoinWatcher({
        ...{ id: REGTEST, confirmations: DEPTH, rpc: [], esplora: [], timings },
        ...endpoints,
      });
      const composed = compose(config, { version: 'test', dataDir, clock, log: new Hearing().log });
      gateway = await createGateway({ ...composed, chains: [watcher], timings: { tickMs: 20, steadyLineMs: 50 } });
      await gateway.listen({ port: 0, host: '127.0.0.1' });
      await place();
    });

    afterEach(async () => {
      await gateway.close();
      await node.close();
      await rm(dataDir, { recursive: true, force: true });
    });

    async function place(): Promise<void> {
      const now = clock.now();
      const order: OrderFact = {
        ...{ sourceRef: 'r', reference: 'A-1', price: { currency: 'USD', amount: '1' }, live: true },
        ...{ createdAt: now, expiresAt: now + MINUTE, graceUntil: now + 60 * MINUTE },
        pay: [{ chain: REGTEST, asset: 'native', symbol: 'BTC', decimals: 8, address: SHOP, amount: String(DUE) }],
      };
      await append({ kind: 'order.created', ...about('direct'), data: { order } });
    }

    const about = (source: string) => ({ order: 'ord', source, occurred: null, sent: null });

    function append(draft: EventDraft): Promise<unknown> {
      return gateway.storage.ledger.append('main', [{ order: 'ord', decide: () => [draft] }]);
    }

    const until = (check: (order: Order) => void) =>
      vi.waitFor(
        async () => {
          const held = await gateway.storage.ledger.order('main', 'ord');
          if (!held) throw new Error('there is no order');
          check(held);
          return held;
        },
        { timeout: 10_000, interval: 20 },
      );

    const newStage = (): Stage => ({
      ...{ chain, until },
      async pays(amount = DUE, more = {}) {
        const paid = chain.pay(SHOP, amount, more);
        await until(({ payments }) => expect(payments.map(({ txHash }) => txHash)).toContain(paid.txid));
        return paid;
      },
      later: (ms) => void (clock.ahead += ms),
      handsOver: () => append({ kind: 'order.released', ...about('desk'), data: {} }),
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
  },
);
