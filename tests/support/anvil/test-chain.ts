import { createTestClient, createWalletClient, http, publicActions } from 'viem';
import type { Address, Hash, Hex } from 'viem';
import { mnemonicToAccount } from 'viem/accounts';
import { foundry } from 'viem/chains';
import { compileToken } from './compile-token.ts';
import type { CompiledToken } from './compile-token.ts';
import type { Anvil } from './start-anvil.ts';

/** The accounts anvil gives coins to. */
const MNEMONIC = 'test test test test test test test test test test test junk';
const ACCOUNTS = 10;

/** A chain under the test's thumb: customers pay, blocks come when told, and are taken back when told. */
export class TestChain {
  readonly #test;
  readonly #wallets;
  #token: Address | undefined;
  #compiled: CompiledToken | undefined;

  /** @param chainId as anvil was started with */
  constructor(anvil: Pick<Anvil, 'http'>, chainId: number = foundry.id) {
    const chain = { ...foundry, id: chainId };
    const transport = http(anvil.http);
    this.#test = createTestClient({ chain, mode: 'anvil', transport, pollingInterval: 20 }).extend(publicActions);
    this.#wallets = Array.from({ length: ACCOUNTS }, (_, addressIndex) =>
      createWalletClient({ account: mnemonicToAccount(MNEMONIC, { addressIndex }), chain, transport }),
    );
  }

  payer(index = 0): Address {
    return this.#wallet(index).account.address;
  }

  get token(): Address {
    if (!this.#token) throw new Error('deploy the token first');
    return this.#token;
  }

  get #code(): CompiledToken {
    return (this.#compiled ??= compileToken());
  }

  /** Deploys the chain's token and gives every account of it. */
  async deployToken(perAccount = 1_000_000_000n): Promise<Address> {
    this.#token = await this.deployAnotherToken(perAccount);
    return this.#token;
  }

  /** A token that says the same of itself, beside the chain's own. */
  async deployAnotherToken(perAccount = 1_000_000_000n): Promise<Address> {
    const { abi, bytecode } = this.#code;
    const hash = await this.#wallet(0).deployContract({ abi, bytecode });
    await this.mine();
    const { contractAddress } = await this.#test.getTransactionReceipt({ hash });
    if (!contractAddress) throw new Error('the token was not deployed');
    for (const { account } of this.#wallets) {
      await this.callToken('mint', [account.address, perAccount], 0, contractAddress);
    }
    await this.mine();
    return contractAddress;
  }

  /** Calls the token and leaves the transaction in the pool. */
  callToken(functionName: string, args: readonly unknown[], from = 0, token = this.token): Promise<Hash> {
    // A limit of its own, because estimating refuses what will revert.
    return this.#wallet(from).writeContract({
      ...{ address: token, abi: this.#code.abi, gas: 300_000n },
      functionName,
      args,
    });
  }

  payToken(to: Address, amount: bigint, from = 0, token = this.token): Promise<Hash> {
    return this.callToken('transfer', [to, amount], from, token);
  }

  /** Sends coins and leaves the transaction in the pool. */
  payCoins(to: Address, value: bigint, from = 0, more: { nonce?: number; maxFeePerGas?: bigint } = {}): Promise<Hash> {
    const fees = more.maxFeePerGas ? { maxPriorityFeePerGas: more.maxFeePerGas } : {};
    return this.#wallet(from).sendTransaction({ to, value, gas: 100_000n, ...more, ...fees });
  }

  /** @param interval seconds between them: without it they share the second in which they are made */
  async mine(blocks = 1, interval?: number): Promise<void> {
    await this.#test.mine({ blocks, ...(interval !== undefined && { interval }) });
  }

  /** Blocks at given times, so that twins that are told the same make the same. @param at seconds, of the first */
  async mineAt(at: number, blocks: number): Promise<void> {
    await this.#test.setNextBlockTimestamp({ timestamp: BigInt(at) });
    await this.#test.mine({ blocks, interval: 1 });
  }

  async height(): Promise<number> {
    return Number(await this.#test.getBlockNumber({ cacheTime: 0 }));
  }

  async nonce(index = 0): Promise<number> {
    return this.#test.getTransactionCount({ address: this.payer(index), blockTag: 'latest' });
  }

  /** The signed transaction, to be put into another branch. */
  async raw(hash: Hash): Promise<Hex> {
    return (await this.#request('eth_getRawTransactionByHash', [hash])) as Hex;
  }

  /** Replaces the newest `depth` blocks; `included` go into the new branch at an offset from its first block. */
  async reorg(depth: number, included: readonly (readonly [Hex, number])[] = []): Promise<void> {
    await this.#request('anvil_reorg', [depth, included]);
  }

  async rollback(depth: number): Promise<void> {
    await this.#request('anvil_rollback', [depth]);
  }

  /** Wei per gas that the next block asks; with the block after it the chain goes on by its own rule. */
  async setNextBaseFee(wei: bigint): Promise<void> {
    await this.#test.setNextBlockBaseFeePerGas({ baseFeePerGas: wei });
  }

  async baseFee(): Promise<bigint> {
    return (await this.#test.getBlock({ blockTag: 'latest' })).baseFeePerGas ?? 0n;
  }

  /** Changes the state behind the chain's back, so that its next block is another one than that of its twin. */
  async forge(): Promise<void> {
    await this.#test.setBalance({ address: '0x00000000000000000000000000000000000f0f0f', value: 1n });
  }

  async drop(hash: Hash): Promise<void> {
    await this.#test.dropTransaction({ hash });
  }

  async send(raw: Hex): Promise<Hash> {
    return this.#test.sendRawTransaction({ serializedTransaction: raw });
  }

  #wallet(index: number) {
    const wallet = this.#wallets[index];
    if (!wallet) throw new Error(`there is no account ${index}`);
    return wallet;
  }

  #request(method: string, params: readonly unknown[]): Promise<unknown> {
    return (this.#test.request as (args: { method: string; params: readonly unknown[] }) => Promise<unknown>)({
      method,
      params,
    });
  }
}
