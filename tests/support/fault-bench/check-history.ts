import type { Recorded } from './history.ts';
import { ChainRule } from './rules/chain-rule.ts';
import { CommandRule } from './rules/command-rule.ts';
import { CurrencyRule } from './rules/currency-rule.ts';
import { DeliveryRule } from './rules/delivery-rule.ts';
import { EmissionRule } from './rules/emission-rule.ts';
import { JournalRule } from './rules/journal-rule.ts';
import { LifeRule } from './rules/life-rule.ts';
import { LogRule } from './rules/log-rule.ts';
import { MomentRule } from './rules/moment-rule.ts';
import { OneConnectionRule } from './rules/one-connection-rule.ts';
import { PageRule } from './rules/page-rule.ts';
import { PaintRule } from './rules/paint-rule.ts';
import { RefusalRule } from './rules/refusal-rule.ts';
import { RefreshRule } from './rules/refresh-rule.ts';
import { TicketRule } from './rules/ticket-rule.ts';
import { TrustRule } from './rules/trust-rule.ts';
import type { Report, Rule, Violation } from './rules/rule.ts';

/** More of the same tells nothing more. */
const REPORTED_MOST = 20;

/**
 * Checks a run against every invariant. Pure.
 * @param staleMs how long the screen may say that it is current without being it, bench time
 * @returns what was violated; none when all held
 */
export function checkHistory(facts: readonly Recorded[], staleMs: number): Violation[] {
  const violations = new Map<string, Violation>();
  let at = 0;
  const report: Report = (said, kind) => {
    const text = `${said} (at ${Math.round(at)} ms)`;
    if (violations.size < REPORTED_MOST) violations.set(text, { text, late: kind === 'late' });
  };
  const rules: Rule[] = [
    new LogRule(report),
    new EmissionRule(report),
    new JournalRule(report),
    new PaintRule(report),
    new MomentRule(report),
    new CurrencyRule(report, staleMs),
    new DeliveryRule(report),
    new RefusalRule(report),
    new TicketRule(report),
    new OneConnectionRule(report),
    new RefreshRule(report),
    new TrustRule(report),
    new CommandRule(report),
    new PageRule(report),
    new LifeRule(report),
    new ChainRule(report, staleMs * 2),
  ];
  for (const fact of facts) {
    at = fact.t;
    for (const rule of rules) rule.see(fact);
  }
  for (const rule of rules) rule.end?.();
  return [...violations.values()];
}
