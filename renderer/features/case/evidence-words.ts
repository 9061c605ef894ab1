/** A line of a finding's evidence in the words of the catalogue; the gateway's English is the fallback. Pure. */
import { chainName } from '../../strings/chain-name.ts';
import { evidenceStrings } from '../../strings/en/evidence.ts';
import { createReader, toldOr } from '../../strings/known-text.ts';
import type { Inner, Tell } from '../../strings/known-text.ts';
import type { Message } from '../../strings/message.ts';
import { say } from '../../strings/message.ts';
import { noteText } from '../health/note-words.ts';
import { ruleWords } from './rule-words.ts';

/** `3 min 12 s` */
const SPAN = String.raw`\d+ (?:d|h|min|s)(?: \d+ (?:h|min|s))?`;

/** The part of the catalogue whose keys begin with one of these words. */
function part(...names: readonly string[]): Partial<typeof evidenceStrings> {
  return Object.fromEntries(Object.entries(evidenceStrings).filter(([key]) => names.includes(key.split('.')[0] ?? '')));
}

/** An amount begins with its digits. */
const AMOUNT = String.raw`\d.*?`;
const holds = {
  ...{ amount: AMOUNT, amounts: AMOUNT, payment: AMOUNT, received: AMOUNT, due: AMOUNT },
  ...{ span: SPAN, chain: String.raw`\S+`, from: String.raw`\d+`, units: String.raw`\d+` },
  ...{ address: String.raw`[^\s,]+`, height: String.raw`\d+` },
  tx: String.raw`0x\S+|\S{8,}`,
};

const readRange = createReader(part('range'), { holds, inner: { span: spanWords } });
const readPayment = createReader(
  { 'evidence.payment': evidenceStrings['evidence.payment'] },
  { holds, inner: { amount: amountWords } },
);
const readUnits = createReader({ 'evidence.baseUnits': evidenceStrings['evidence.baseUnits'] }, { holds });
const readSays = createReader(part('says'), { holds, inner: { payment: paymentWords, amounts: amountsWords } });

const inner: Readonly<Record<string, Inner>> = {
  ...{ amount: amountWords, received: amountWords, due: amountWords, payment: paymentWords, span: spanWords },
  chain: chainName,
  line: chainName,
  note: noteText,
  assets: assetsText,
  says: (text, tell) => toldOr(readSays, text, tell),
  range: (text, tell) => toldOr(readRange, text, tell),
  rule: (text, tell) => {
    const words = ruleWords(text, tell);
    return words ? tell(words) : text;
  },
};
const readEvidence = createReader(part('evidence'), { holds, inner });

/** @returns the line as it was written where it is of no known form */
export function evidenceText(line: string, tell: Tell): string {
  const words = readEvidence(line, tell);
  return words ? tell(words) : noteText(line, tell);
}

function paymentWords(text: string, tell: Tell): string {
  const words = readPayment(text, tell);
  return words ? tell(words) : amountWords(text, tell);
}

function amountWords(text: string, tell: Tell): string {
  return toldOr(readUnits, text, tell);
}

function amountsWords(text: string, tell: Tell): string {
  return text
    .split(' and ')
    .map((amount) => amountWords(amount, tell))
    .reduce((amounts, amount) => tell(say('amounts.and', { amounts, amount })));
}

/** `ETH on eip155:1, USDC`: what an order asked for. */
export function assetsText(text: string, tell: Tell): string {
  return text
    .split(', ')
    .map((asset) => {
      const [, symbol, chain] = /^(.+) on (\S+)$/s.exec(asset) ?? [];
      return symbol && chain ? tell(say('asset.onChain', { symbol, chain: chainName(chain) })) : asset;
    })
    .join(', ');
}

const spanUnits: Readonly<Record<string, (n: number) => Message>> = {
  d: (n) => say('span.d', { n }),
  h: (n) => say('span.h', { n }),
  min: (n) => say('span.min', { n }),
  s: (n) => say('span.s', { n }),
};

function spanWords(text: string, tell: Tell): string {
  return text.replace(/(\d+) (d|h|min|s)\b/g, (written, n: string, unit: string) => {
    const words = spanUnits[unit]?.(Number(n));
    return words ? tell(words) : written;
  });
}
