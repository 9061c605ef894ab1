/** What the insights view shows: figures of one range of days, at most as many points as a chart can hold. */
import type { DayRange, Unit } from '../../../store/insight-choice.ts';
import type { AssetKey, ExceptionKind } from './order-facts.ts';
import type { Bucket } from './time-grid.ts';

/** Money of one currency, exact: a decimal string of the major unit. */
export interface Sum {
  readonly orders: number;
  readonly amount: string;
}

export interface BucketSum extends Sum {
  readonly bucket: Bucket;
}

export interface SourceSum extends Sum {
  readonly source: string;
}

export interface AssetSum extends Sum {
  readonly asset: AssetKey;
  /** What came of it, base units; null where an order was paid by several assets, or nobody told by which. */
  readonly received: {
    readonly chain: string | null;
    readonly symbol: string;
    readonly decimals: number | null;
    readonly units: string;
  } | null;
}

/** Takings of one currency; money of different currencies is never added up. */
export interface CurrencyTakings extends Sum {
  readonly currency: string;
  readonly perBucket: readonly BucketSum[];
  /** By the hour of the day, 0 to 23. */
  readonly perHour: readonly Sum[];
  /** The largest first. */
  readonly perSource: readonly SourceSum[];
  readonly perAsset: readonly AssetSum[];
}

/** Durations in milliseconds; null where there are none. */
export interface Spans {
  readonly count: number;
  readonly p50: number | null;
  readonly p95: number | null;
}

export interface SpansOverTime extends Spans {
  readonly perBucket: readonly (Spans & { readonly bucket: Bucket })[];
}

export interface Insights {
  readonly range: DayRange;
  readonly unit: Unit;
  /** Orders created in the range, and those of them with an exception. */
  readonly created: number;
  readonly troubled: number;
  /** Orders that became takings in the range, whatever their currency. */
  readonly paid: number;
  /** The stores' own currencies first, then the one with most orders. */
  readonly takings: readonly CurrencyTakings[];
  /** Of the orders created in the range; the most frequent first. An order may have several kinds. */
  readonly exceptions: readonly { readonly kind: ExceptionKind; readonly orders: number }[];
  /** By when the order was created. */
  readonly sight: SpansOverTime;
  /** By when the order was paid. */
  readonly settlement: SpansOverTime;
  /** When the oldest order held was created, whatever the range; null while none is held. */
  readonly heldSince: number | null;
}
