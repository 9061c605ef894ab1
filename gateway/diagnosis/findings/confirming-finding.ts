/** What an order whose money was seen waits for, and about how long. */
import type { Order, Payment } from '../../../contract/order.ts';
import { counts, coveredAt, distinct, pays } from '../../../contract/settlement.ts';
import { paymentText } from '../amount-text.ts';
import { coarse, rangeText, waitFor } from '../estimate.ts';
import { awaitedRule, releaseGround, ruleText } from '../release.ts';
import type { ReleaseRule } from '../policy.ts';
import { heldFinding } from '../view.ts';
import type { Found, View } from '../view.ts';

/** Says what is waited for, not how far it is: the order itself carries the count, and changes with every block. */
export function confirmingFinding(view: View): Found[] {
  const { order, rules } = view;
  if (order.status !== 'detected' && order.status !== 'confirming' && order.status !== 'paid') return [];
  if (coveredAt(order) === null || releaseGround(order, rules) !== null) return [];
  const paying = distinct(order.payments.filter(counts)).filter((payment) =>
    order.pay.some((option) => pays(option, payment)),
  );
  const rule = awaitedRule(order, rules);
  const wait = estimate(view, paying, rule);
  const processors = byProcessorAlone(order, paying);
  const awaited = processors ? SETTLEMENT : rule ? `needed by ${ruleText(rule)}` : 'needed: settlement';
  const what = processors ? 'wait until the processor has settled it' : 'wait for confirmations';
  return [
    {
      code: 'confirming',
      evidence: [awaited, ...(wait ? [wait.text] : []), ...paying.slice(0, 15).map(paymentText)],
      nextStep: `The whole amount was seen: ${what}.`,
      facts: { ...(rule && !processors && { needed: String(rule.confirmations) }), ...wait?.facts },
    },
  ];
}

const SETTLEMENT = 'needed: the settlement by the processor, which alone sees this payment';

/** No chain of which a node could count confirmations. */
export function byProcessorAlone(order: Order, paying: readonly Payment[]): boolean {
  return order.pay.length > 0 && paying.length > 0 && paying.every(({ chain }) => chain === null);
}

interface Wait {
  readonly text: string;
  readonly facts: Record<string, string>;
}

/** None where it is not known how many are needed, or how fast blocks come: of a chain whose new ones stay away nobody knows. */
function estimate(view: View, paying: readonly Payment[], rule: ReleaseRule | undefined): Wait | null {
  const chain = paying[0]?.chain;
  const blockMs = chain ? paceOf(view, chain) : null;
  const blocks = Math.max(0, ...paying.map((payment) => blocksLeft(payment, rule)));
  if (blockMs === null || blocks === 0 || !Number.isFinite(blocks)) return null;
  const left = String(coarse(blocks));
  const isMined = paying.every(({ block }) => block !== undefined);
  const held = heldFinding(view, 'confirming')?.facts;
  // The pace of the chain wavers with every block; what was told stands until there is one step less to go.
  const isTold = held?.['left'] === left && held['mined'] === String(isMined);
  const told = { fromMs: Number(held?.['fromMs']), toMs: Number(held?.['toMs']) };
  const range = isTold ? told : waitFor(coarse(blocks), blockMs);
  const text = isMined ? `${rangeText(range)} more` : `${rangeText(range)} once it gets into blocks`;
  const facts = { left, mined: String(isMined), fromMs: String(range.fromMs), toMs: String(range.toMs) };
  return { text, facts };
}

function paceOf({ observed }: View, chain: string): number | null {
  const line = observed.source(chain)?.state;
  return line === 'late' || line === 'down' ? null : (observed.chain(chain)?.blockMs ?? null);
}

function blocksLeft({ confirmations, required }: Payment, rule: ReleaseRule | undefined): number {
  return (rule ? rule.confirmations : (required ?? Number.NaN)) - (confirmations ?? 0);
}
