/** Findings about money that is not what was asked for. */
import type { Order, Payment } from '../../../contract/order.ts';
import { counts, coveredAt, distinct, pays } from '../../../contract/settlement.ts';
import { paymentText } from '../amount-text.ts';
import type { Found, View } from '../view.ts';

type Kind = 'wrong-asset' | 'wrong-chain' | 'fake-token';

const nextSteps: Readonly<Record<Kind, string>> = {
  'wrong-asset': 'Ask the customer to pay in an asset that was asked for, and send the other money back.',
  'wrong-chain':
    'The money is at the same address on another chain: see whether the wallet reaches it there, then decide with the customer.',
  'fake-token':
    'Hand nothing over: anybody can make a token of this name, and it is worth nothing. Ask the customer for the real one.',
};

export function assetFindings({ order }: View): Found[] {
  if (!order.flags.includes('wrong-asset')) return [];
  const wrong = distinct(order.payments.filter(counts)).filter(
    (payment) => !order.pay.some((option) => pays(option, payment)) && payment.seenAt > (order.resolvedAt ?? -1),
  );
  const kinds = Map.groupBy(wrong, (payment) => kindOf(order, payment));
  // A fake is nothing that has to be sent back: beside the right money it is dust.
  if (coveredAt(order) !== null) kinds.delete('fake-token');
  return [...kinds].map(([code, payments]) => foundOf(order, code, payments));
}

function kindOf({ pay }: Order, payment: Payment): Kind {
  const asked = pay.filter(({ symbol }) => looksLike(symbol) === looksLike(payment.symbol));
  if (asked.length === 0) return 'wrong-asset';
  // A contract that is configured has its decimals from the configuration; of others nothing is known but their claim.
  if (payment.asset.startsWith('erc20:') && payment.decimals === null) return 'fake-token';
  return asked.every(({ chain }) => chain !== payment.chain) ? 'wrong-chain' : 'wrong-asset';
}

/** A symbol as an eye takes it: `USDС` with a Cyrillic letter, `U S D C` and `usdc.` are one. */
function looksLike(symbol: string): string {
  const latin = Array.from(symbol.normalize('NFKD').toUpperCase(), (letter) => lookalikes[letter] ?? letter).join('');
  return latin.replace(/[^A-Z0-9]/g, '');
}

/** Cyrillic and Greek letters, signs and digits that look like Latin capitals. Source: Unicode's confusables. */
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['АВСЕНІЈКМОРЅТХ', 'ABCEHIJKMOPSTX'],
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
    ['₮$01', 'TSOI'],
  ].flatMap(([foreign = '', latin = '']) => Array.from(foreign, (letter, index) => [letter, latin.charAt(index)])),
);

function foundOf(order: Order, code: Kind, payments: readonly Payment[]): Found {
  const askedFor = order.pay.map(({ symbol, chain }) => (chain === null ? symbol : `${symbol} on ${chain}`)).join(', ');
  const [first] = payments;
  const evidence = payments.slice(0, 15).map((payment) => evidenceOf(code, payment));
  return {
    code,
    evidence: [...evidence, `asked for: ${askedFor}`],
    nextStep: nextSteps[code],
    facts: {
      askedFor: askedFor.slice(0, 512),
      ...(first && { asset: first.asset, symbol: first.symbol }),
      ...(first?.chain && { chain: first.chain }),
    },
  };
}

function evidenceOf(code: Kind, payment: Payment): string {
  switch (code) {
    case 'wrong-asset':
      return paymentText(payment);
    case 'wrong-chain':
      return `${paymentText(payment)} on ${payment.chain ?? 'an unknown chain'}`;
    case 'fake-token':
      return `${paymentText(payment)}, from the contract ${payment.asset.slice('erc20:'.length)}, which is not configured`;
    default:
      return code satisfies never;
  }
}
