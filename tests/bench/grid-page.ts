/** The anchor of P7: the same orders in AG Grid Community, which is here for this alone. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { Order } from '../../contract/order.ts';
import { root } from '../support/e2e/program.ts';

const BUNDLE = path.join(root, 'node_modules', 'ag-grid-community', 'dist', 'ag-grid-community.min.js');

/** The part of AG Grid's interface used here. Source: AG Grid's documentation, version 36. */
interface GridApi {
  applyTransactionAsync(transaction: { update: object[] }): void;
}

interface AgGrid {
  createGrid(element: HTMLElement, options: object): GridApi;
}

declare global {
  interface Window {
    agGrid: AgGrid;
    benchGrid: GridApi;
  }
}

const columns = [
  ...['state', 'reference', 'customer', 'price', 'currency', 'crypto', 'confirmations', 'verdict', 'source'],
  ...['createdAt', 'expiresAt', 'updatedAt'],
];

/** One row of twelve columns. */
export function gridRow(order: Order): Record<string, string | number> {
  const [payment] = order.payments;
  return {
    id: order.id,
    state: order.status,
    reference: order.reference,
    customer: order.customer?.name ?? '',
    price: order.price.amount,
    currency: order.price.currency,
    crypto: payment?.amount ?? '',
    confirmations: payment?.confirmations ?? 0,
    verdict: order.verdict,
    source: order.source,
    createdAt: order.createdAt,
    expiresAt: order.expiresAt,
    updatedAt: order.updatedAt,
  };
}

/** Fills the page with the grid, sorted by a column that updates leave alone, as the queue is. */
export async function openGridPage(page: Page, orders: readonly Order[]): Promise<void> {
  await page.setContent('<!doctype html><div id="grid" style="position: fixed; inset: 0"></div>');
  await page.addScriptTag({ path: BUNDLE });
  await page.evaluate(
    ([fields, rowData]) => {
      const element = document.querySelector<HTMLElement>('#grid');
      if (!element) throw new Error('there is no place for the grid');
      window.benchGrid = window.agGrid.createGrid(element, {
        columnDefs: fields.map((field) => ({ field, ...(field === 'createdAt' && { sort: 'asc' }) })),
        defaultColDef: { width: 105 },
        getRowId: ({ data }: { data: { id: string } }) => data.id,
        deltaSort: true,
        animateRows: false,
        rowHeight: 48,
        asyncTransactionWaitMillis: 16,
        rowData,
      });
    },
    [columns, orders.map(gridRow)] as const,
  );
  await page.locator('.ag-row').first().waitFor();
}
