import { randomBytes } from 'node:crypto';
import type { Address, Hash, Hex } from 'viem';
import { createEvmWatcher } from '../../../gateway/chains/evm/watcher.ts';
import { startAnvil } from '../anvil/start-anvil.ts';
import type { Anvil } from '../anvil/start-anvil.ts';
import { TestChain } from '../anvil/test-chain.ts';
import { CHAIN } from '../anvil/watcher-desk.ts';
import { SETTLED_DEPTH } from './common-scenarios.ts';
import { openDiagnosedOrder } from './diagnosed-order.ts';
import type { Payer, Sent } from './payer.ts';
import { NEVER_MS } from './scenario.ts';
import type { Stage } from './scenario.ts';

const SHOP: Address = '0x1111111111111111111111111111111111111111';
const SOMEBODY: Address = '0x2222222222222222222222222222222222222222';
/** Another chain that the gateway watches too. */
export const ELSEWHERE = 'eip155:10';
const GWEI = 1_000_000_000n;
/** 0.008 ETH, and 20 USDC */
const [DUE, DUE_IN_TOKENS] = [8_000_000_000_000_000n, 20_000_000n];
const [TOO_CHEAP, ASKED, HIGHER] = [3n, 7n, 100n];
/** More than the deployer gave to anybody. */
const MORE_THAN_ANYBODY_HAS = 10n ** 30n;

export interface Contracts {
  /** Configured; the second was not asked for. */
  readonly usdc: Address;
  readonly usdt: Address;
  /** Says that it is USDC, and nobody configured it. */
  readonly fake: Address;
  /** USDC of the other chain. */
  readonly usdcElsewhere: Address;
}

interface Nodes {
  readonly anvil: Anvil;
  readonly second: Anvil;
}

interface Signed {
  readonly account: number;
  readonly nonce: number;
  readonly raw: Hex;
}

/** Each payment comes from a wallet of its own, so that none waits for another's nonce. */
export class EvmPayer implements Payer {
  readonly chain = CHAIN;
  readonly pay: Payer['pay'];
  readonly unknownHash = `0x${randomBytes(32).toString('hex')}`;
  readonly contracts: Contracts;
  readonly #nodes: Nodes;
  readonly #chain: TestChain;
  readonly #elsewhere: TestChain;
  readonly #signed = new Map<string, Signed>();
  #accounts = 0;
  #missing: Pick<Signed, 'account' | 'nonce'> | null = null;

  constructor(nodes: Nodes, [chain, elsewhere]: readonly [TestChain, TestChain], contracts: Contracts) {
    [this.#nodes, this.#chain, this.#elsewhere, this.contracts] = [nodes, chain, elsewhere, contracts];
    const option = { chain: CHAIN, address: SHOP };
    const usdc = { asset: `erc20:${contracts.usdc}`, symbol: 'USDC', decimals: 6, amount: String(DUE_IN_TOKENS) };
    const eth = { asset: 'native', symbol: 'ETH', decimals: 18, amount: String(DUE) };
    this.pay = [
      { ...option, ...eth },
      { ...option, ...usdc },
    ];
  }

  send(amount = DUE): Promise<Sent> {
    return this.#send(amount, {});
  }

  async sendAway(): ReturnType<Payer['sendAway']> {
    const hash = await this.#chain.payCoins(SOMEBODY, DUE, this.#nextAccount());
    return { hash, moves: [`0.008 ETH to ${SOMEBODY}`] };
  }

  /** Runs a contract that pays the shop nothing. */
  async callContract(): Promise<Sent> {
    return { hash: await this.#chain.callToken('approve', [SOMEBODY, 1n], this.#nextAccount()) };
  }

  /** 20 USDC to somebody else. */
  async sendTokenAway(): Promise<Sent> {
    return { hash: await this.#chain.payToken(SOMEBODY, DUE_IN_TOKENS, this.#nextAccount(), this.contracts.usdc) };
  }

  /** The newest block. */
  height(): Promise<number> {
    return this.#chain.height();
  }

  async sendTooCheap(): ReturnType<Payer['sendTooCheap']> {
    const sent = await this.#send(DUE, { maxFeePerGas: TOO_CHEAP * GWEI });
    await this.#chain.setNextBaseFee(ASKED * GWEI);
    return { ...sent, bid: `${TOO_CHEAP} gwei`, asked: `${ASKED} gwei` };
  }

  lowerFees(): Promise<void> {
    return this.#chain.setNextBaseFee(GWEI);
  }

  async outbid(sent: Sent, to: 'the shop' | 'the sender'): Promise<Sent> {
    const { account, nonce } = this.#of(sent);
    const more = { nonce, maxFeePerGas: HIGHER * GWEI };
    const [payee, amount] = to === 'the shop' ? [SHOP, DUE] : [this.#chain.payer(account), 0n];
    return this.#kept(await this.#chain.payCoins(payee, amount, account, more), account, nonce);
  }

  forget({ hash }: Sent): Promise<void> {
    return this.#chain.drop(hash as Hash);
  }

  async resend(sent: Sent): Promise<void> {
    await this.#chain.send(this.#of(sent).raw);
  }

  mine(blocks = 1): Promise<void> {
    return this.#chain.mine(blocks);
  }

  /** Blocks by whose times it is known how fast they come. */
  keepPace(): Promise<void> {
    return this.#chain.mine(5, 1);
  }

  reorg(depth: number): Promise<void> {
    return this.#chain.reorg(depth);
  }

  /** A payment that another transaction of its wallet has to come before; a pool keeps it to itself. */
  async sendAhead(): Promise<Sent & Pick<Signed, 'nonce'>> {
    const account = this.#nextAccount();
    const nonce = (await this.#chain.nonce(account)) + 1;
    const hash = await this.#chain.payCoins(SHOP, DUE, account, { nonce });
    this.#missing = { account, nonce: nonce - 1 };
    return { hash, nonce };
  }

  /** The transaction that is missing before it. */
  async fillGap(): Promise<void> {
    if (!this.#missing) throw new Error('nothing is missing');
    const { account, nonce } = this.#missing;
    await this.#chain.payCoins(this.#chain.payer(account), 1n, account, { nonce });
  }

  /** In a block at once. @param amount base units */
  async sendToken(token: Address, amount: bigint): Promise<Sent> {
    const hash = await this.#chain.payToken(SHOP, amount, this.#nextAccount(), token);
    await this.#chain.mine();
    return { hash };
  }

  /** A transfer that is mined and fails. */
  sendWhatItLacks(): Promise<Sent> {
    return this.sendToken(this.contracts.usdc, MORE_THAN_ANYBODY_HAS);
  }

  /** USDC on the other chain, in a block at once. @param amount base units */
  async sendElsewhere(amount: bigint): Promise<Sent> {
    const hash = await this.#elsewhere.payToken(SHOP, amount, 1, this.contracts.usdcElsewhere);
    await this.#elsewhere.mine();
    return { hash };
  }

  async close(): Promise<void> {
    await Promise.all([this.#nodes.anvil.stop(), this.#nodes.second.stop()]);
  }

  async #send(amount: bigint, more: { maxFeePerGas?: bigint }): Promise<Sent> {
    const account = this.#nextAccount();
    const nonce = await this.#chain.nonce(account);
    return this.#kept(await this.#chain.payCoins(SHOP, amount, account, { nonce, ...more }), account, nonce);
  }

  async #kept(hash: Hash, account: number, nonce: number): Promise<Sent> {
    this.#signed.set(hash, { account, nonce, raw: await this.#chain.raw(hash) });
    return { hash };
  }

  #of({ hash }: Sent): Signed {
    const signed = this.#signed.get(hash);
    if (!signed) throw new Error(`nobody sent ${hash}`);
    return signed;
  }

  /** The first deployed the tokens. */
  #nextAccount(): number {
    return (this.#accounts += 1);
  }
}

export async function openEvmStage(forgottenAfterMs = NEVER_MS): Promise<Stage<EvmPayer>> {
  const [anvil, second] = await Promise.all([startAnvil(), startAnvil(['--chain-id', '10'])]);
  const [chain, elsewhere] = [new TestChain(anvil), new TestChain(second, 10)];
  const contracts = {
    usdc: await chain.deployToken(),
    usdt: await chain.deployAnotherToken(),
    fake: await chain.deployAnotherToken(),
    usdcElsewhere: await elsewhere.deployToken(),
  };
  const payer = new EvmPayer({ anvil, second }, [chain, elsewhere], contracts);
  const { usdc, usdt, usdcElsewhere } = contracts;
  const tokens = [
    { symbol: 'USDC', address: usdc, decimals: 6 },
    { symbol: 'USDT', address: usdt, decimals: 6 },
  ];
  const own = { id: CHAIN, rpc: [anvil.ws, anvil.http], confirmations: SETTLED_DEPTH, tokens };
  const theirs = [{ symbol: 'USDC', address: usdcElsewhere, decimals: 6 }];
  const other = { id: ELSEWHERE, rpc: [second.http], confirmations: SETTLED_DEPTH, tokens: theirs };
  const timings = { pollMs: 40, recheckMs: 60, retryMinMs: 40, dropAfterMs: forgottenAfterMs };
  const order = await openDiagnosedOrder({
    pay: payer.pay,
    chains: [own, other].map((each) => ({ ...each, kind: 'evm' })),
    watchers: [own, other].map((each) => createEvmWatcher({ ...each, timings })),
  });
  return { payer, order };
}
