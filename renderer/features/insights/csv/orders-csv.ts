/** Orders as a CSV file, written in slices so that nothing waits for it. */
import { PART_MOST } from '../../../../contract/saved-file.ts';
import type { Order } from '../../../../contract/order.ts';
import { orderColumns } from './order-columns.ts';
import { createZonedText } from './zoned-text.ts';

/** Rows of one slice. */
export const SLICE_ROWS = 250;
/** RFC 4180. */
const LINE_END = '\r\n';
/** By which some spreadsheets know UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvQuery {
  readonly orders: readonly Order[];
  /** Time zones by store. */
  readonly zones: ReadonlyMap<string, string>;
  readonly byteOrderMark: boolean;
}

export interface CsvPorts {
  /** Lets whatever waits have its turn. */
  readonly pause: () => Promise<void>;
  /** How much is written, 0 to 1. */
  readonly progress: (share: number) => void;
  /** Ends the writing with an AbortError. */
  readonly signal: AbortSignal;
}

/**
 * @returns the file's parts, each short enough to be saved, and whole rows
 * @throws DOMException `AbortError` when the signal ends it
 */
export async function ordersCsv({ orders, zones, byteOrderMark }: CsvQuery, ports: CsvPorts): Promise<string[]> {
  const zoned = createZonedText(zones);
  const row = (order: Order) => orderColumns.map(([, cell]) => cell(order, zoned)).join(',') + LINE_END;
  const parts: string[] = [];
  let part = `${byteOrderMark ? BYTE_ORDER_MARK : ''}${orderColumns.map(([name]) => name).join(',')}${LINE_END}`;
  for (let n = 0; n < orders.length; n += SLICE_ROWS) {
    ports.signal.throwIfAborted();
    for (const order of orders.slice(n, n + SLICE_ROWS)) {
      const next = row(order);
      if (part.length + next.length > PART_MOST) {
        parts.push(part);
        part = '';
      }
      part += next;
    }
    ports.progress(Math.min(1, (n + SLICE_ROWS) / orders.length));
    await ports.pause();
  }
  ports.signal.throwIfAborted();
  return [...parts, part];
}
