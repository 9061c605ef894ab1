/** What a row has to say besides its flags, so that nobody has to ask why it needs eyes. Pure. */
import type { FindingCode } from '../../../contract/diagnosis.ts';
import type { Order } from '../../../contract/order.ts';

const marked = [
  'not-broadcast',
  'not-paid-here',
  'wrong-chain',
  'fake-token',
  'chain-not-watched',
  'provisional',
  'nodes-disagree',
] as const satisfies FindingCode[];
export type MarkedCode = (typeof marked)[number];

/** Findings that say more exactly what a flag says already. */
const ofWrongAsset: ReadonlySet<MarkedCode> = new Set<MarkedCode>(['wrong-chain', 'fake-token']);

/** @returns the first warning that none of the order's flags says; null where they say it all */
export function unflaggedWarning({ diagnosis, flags }: Pick<Order, 'diagnosis' | 'flags'>): MarkedCode | null {
  const isSaid = (code: MarkedCode) => ofWrongAsset.has(code) && flags.includes('wrong-asset');
  const warnings = diagnosis.filter(({ severity }) => severity !== 'info').map(({ code }) => code);
  return warnings.filter(isMarked).find((code) => !isSaid(code)) ?? null;
}

function isMarked(code: string): code is MarkedCode {
  return (marked as readonly string[]).includes(code);
}
