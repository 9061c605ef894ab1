import { describe, expect, it } from 'vitest';
import { Case, NOW } from '../case.ts';

const MINUTE = 60_000;
const told = { witness: 'processor', required: null } as const;

describe('[DG6] a webhook that never came', () => {
  const webhooks = new Map([['cdc', { announces: 'settlement', withinMs: 5 * MINUTE, hintMs: MINUTE } as const]]);
  const polled = () => new Case({ source: 'cdc', rules: [], policy: { webhooks } }).pays(told, NOW, 'cdc');

  it('is missed when asking alone brought out the settlement', () => {
    const found = polled();
    expect(found.later(60 * MINUTE).codes).not.toContain('webhook-missing');
    found.settles('cdc');
    expect(found.ledger.reconsider('main', ['ord'])).toBe(NOW + 65 * MINUTE);
    found.later(5 * MINUTE);
    expect(found.evidence('webhook-missing')).toContain('which only asking cdc brought out');
    expect(found.order.verdict).toBe('release');
  });

  it('is not missed when it comes late, or came just before what was fetched', () => {
    const late = polled()
      .settles('cdc')
      .later(5 * MINUTE);
    late.heardWebhook();
    expect(late.codes).not.toContain('webhook-missing');
    const hinted = polled();
    hinted.heardWebhook();
    hinted.now += MINUTE + 1;
    expect(hinted.settles('cdc').later(60 * MINUTE).codes).toContain('webhook-missing');
    const inTime = polled();
    inTime.heardWebhook();
    inTime.now += MINUTE;
    expect(inTime.settles('cdc').later(60 * MINUTE).codes).not.toContain('webhook-missing');
  });
});
