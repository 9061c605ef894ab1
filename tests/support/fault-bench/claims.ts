import type { EventDraft, Report } from '../../../gateway/ledger.ts';

const ACTOR = { deskId: 'desk-storm', name: 'Storm' };

/** Somebody claims orders and lets them go again, over and over: events that leave an order as small as it was. */
export function claims(orders: readonly string[], count: number): Report[] {
  return Array.from({ length: orders.length === 0 ? 0 : Math.max(0, count) }, (_, n) => {
    const order = orders[Math.floor(n / 2) % orders.length] ?? '';
    return claim(order, n % 2 === 0 ? 'case.claimed' : 'case.unclaimed');
  });
}

function claim(order: string, kind: 'case.claimed' | 'case.unclaimed'): Report {
  const draft = { kind, order, source: 'desk', occurred: null, sent: null, data: {}, actor: ACTOR } as const;
  return { order, decide: (held): readonly EventDraft[] => (held ? [draft] : []) };
}
