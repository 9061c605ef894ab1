/** Takings of one currency, counted and uncounted order by order. */
import type { Order } from '../../../../contract/order.ts';
import type { AssetSum, CurrencyTakings } from './insights.ts';
import { countMoney, largestFirst, noMoney, sumOf, unitsOf } from './money-count.ts';
import type { MoneyCount } from './money-count.ts';
import { assetOf } from './order-facts.ts';
import type { AssetKey } from './order-facts.ts';
import type { TimeGrid } from './time-grid.ts';

interface Named {
  readonly name: string;
  readonly money: MoneyCount;
}

interface AssetCount extends Named {
  readonly key: AssetKey;
  readonly told: { readonly chain: string | null; readonly symbol: string; readonly decimals: number | null } | null;
  /** Base units of what came. */
  units: bigint;
}

export class TakingsCount {
  readonly all = noMoney();
  readonly #perBucket: MoneyCount[];
  readonly #perHour = Array.from({ length: 24 }, noMoney);
  readonly #perSource = new Map<string, Named>();
  readonly #perAsset = new Map<AssetKey, AssetCount>();

  constructor(buckets: number) {
    this.#perBucket = Array.from({ length: buckets }, noMoney);
  }

  /** @param by 1 to count, −1 to count no more what was counted at the same place */
  count(order: Order, place: { readonly bucket: number; readonly hour: number }, by: 1 | -1): void {
    const units = unitsOf(order.price.amount);
    countMoney(this.all, units, by);
    for (const count of [this.#perBucket[place.bucket], this.#perHour[place.hour]]) {
      if (count) countMoney(count, units, by);
    }
    countMoney(this.#source(order.source).money, units, by);
    this.#countAsset(order, units, by);
  }

  read(currency: string, grid: TimeGrid): CurrencyTakings {
    const sources = largestFirst(this.#perSource.values()).filter(({ money }) => money.orders > 0);
    const assets = largestFirst(this.#perAsset.values()).filter(({ money }) => money.orders > 0);
    return {
      ...{ currency, ...sumOf(this.all) },
      perBucket: grid.buckets.map((bucket, n) => ({ bucket, ...sumOf(this.#perBucket[n] ?? noMoney()) })),
      perHour: this.#perHour.map(sumOf),
      perSource: sources.map(({ name, money }) => ({ source: name, ...sumOf(money) })),
      perAsset: assets.map(assetSum),
    };
  }

  #source(name: string): Named {
    const known = this.#perSource.get(name) ?? { name, money: noMoney() };
    this.#perSource.set(name, known);
    return known;
  }

  #countAsset(order: Order, units: bigint, by: 1 | -1): void {
    const key = assetOf(order);
    const only = key === 'several' || key === 'unknown' ? undefined : order.received[0];
    let asset = this.#perAsset.get(key);
    if (!asset) {
      const told = only ? { chain: only.chain, symbol: only.symbol, decimals: only.decimals } : null;
      asset = { name: only?.symbol ?? key, key, told, money: noMoney(), units: 0n };
      this.#perAsset.set(key, asset);
    }
    countMoney(asset.money, units, by);
    if (only) asset.units += BigInt(by) * BigInt(only.amount);
  }
}

function assetSum({ key, told, money, units }: AssetCount): AssetSum {
  return { asset: key, received: told && { ...told, units: units.toString() }, ...sumOf(money) };
}
