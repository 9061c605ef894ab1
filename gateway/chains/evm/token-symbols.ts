import type { EvmLog, EvmNode } from './node.ts';
import { transferOfLog } from './erc20.ts';
import { tamedSymbol } from './token-symbol.ts';

/** Of unknown contracts; the oldest are forgotten first. */
const MOST = 1_000;

/** The symbols that unknown tokens claim, asked once each. */
export class TokenSymbols {
  readonly #known = new Map<string, string>();

  of(token: string): string | undefined {
    return this.#known.get(token);
  }

  /** Asks for what the tokens in `logs` are called, of those that pay a watched address and are not known yet. */
  async learn(
    node: EvmNode,
    logs: readonly EvmLog[],
    watched: { has(address: string): boolean },
    configured: { has(token: string): boolean },
  ): Promise<void> {
    const tokens = logs.filter((log) => watched.has(transferOfLog(log)?.to ?? '')).map(({ address }) => address);
    for (const token of new Set(tokens)) {
      if (configured.has(token) || this.#known.has(token)) continue;
      this.#known.set(token, tamedSymbol(await node.symbol(token)));
      const oldest = this.#known.keys().next().value;
      if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
    }
  }
}
