/** When goods are safe by the store's policy. */
import { compareDecimals } from '../../contract/money.ts';
import type { Order, Payment, PayOption } from '../../contract/order.ts';
import { counts, distinct, pays, settledByProcessor } from '../../contract/settlement.ts';
import type { ReleaseRule } from './policy.ts';

/** The first rule that matches an order paid on a chain. A price that is not known in a currency matches no `upTo`. */
export function ruleFor(order: Order, chain: string | null, rules: readonly ReleaseRule[]): ReleaseRule | undefined {
  return rules.find((rule) => (rule.chain === undefined || rule.chain === chain) && withinLimit(order, rule));
}

function withinLimit({ price, provisional }: Order, { upTo }: ReleaseRule): boolean {
  if (!upTo) return true;
  if (provisional || price.decimals === null || price.currency !== upTo.currency) return false;
  return compareDecimals(price.amount, upTo.amount) <= 0;
}

/** A rule as people read it: `eip155:1 up to 100 USD: 1 confirmation`. */
export function ruleText({ chain, upTo, confirmations }: ReleaseRule): string {
  const limit = upTo ? ` up to ${upTo.amount} ${upTo.currency}` : '';
  return `${chain ?? 'any chain'}${limit}: ${confirmations} confirmation${confirmations === 1 ? '' : 's'}`;
}

/**
 * Why the goods are safe: the processor's settlement stands, or payments with the confirmations that the rule asks for
 * cover what is due, or settled ones do where no rule matches.
 * @returns the rule's text, null while they are not safe
 */
export function releaseGround(order: Order, rules: readonly ReleaseRule[]): string | null {
  if (order.payments.some((payment) => settledByProcessor(payment))) return 'settled by the processor';
  const payments = distinct(order.payments);
  for (const option of order.pay) {
    const rule = ruleFor(order, option.chain, rules);
    const safe = payments.filter((payment) => pays(option, payment) && isSafe(payment, rule));
    if (covers(option, safe)) return rule ? ruleText(rule) : 'settled';
  }
  return null;
}

function isSafe(payment: Payment, rule: ReleaseRule | undefined): boolean {
  if (!counts(payment)) return false;
  return rule ? (payment.confirmations ?? 0) >= rule.confirmations : payment.state === 'settled';
}

function covers(option: PayOption, payments: readonly Payment[]): boolean {
  const sum = payments.reduce((total, { amount }) => total + BigInt(amount), 0n);
  return sum >= BigInt(option.minimum ?? option.amount);
}

/** The rule an order waits for: that of the option its money is in. */
export function awaitedRule(order: Order, rules: readonly ReleaseRule[]): ReleaseRule | undefined {
  const paying = order.pay.find((option) => order.payments.some((payment) => counts(payment) && pays(option, payment)));
  return paying && ruleFor(order, paying.chain, rules);
}
