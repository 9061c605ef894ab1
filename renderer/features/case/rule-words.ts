/**
 * The rule behind a verdict in the words of the catalogue. The gateway writes it in English, in one of few forms; one of a
 * later version stays as it was written. Pure.
 */
import { flagSchema } from '../../../contract/order.ts';
import type { Flag } from '../../../contract/order.ts';
import { chainName } from '../../strings/chain-name.ts';
import { say } from '../../strings/message.ts';
import type { Message, StringKey } from '../../strings/message.ts';

/** Rules that are one word, by what the gateway writes before the colon. */
const rules: Readonly<Record<string, StringKey>> = {
  'awaiting payment': 'rule.awaiting',
  'settled by the processor': 'rule.settledByProcessor',
  settled: 'rule.settled',
  settlement: 'rule.settlement',
  refund: 'rule.refund',
  late: 'rule.late',
  'witness-conflict': 'rule.witnessConflict',
  vanished: 'rule.vanished',
  reverted: 'rule.reverted',
  'wrong-asset': 'rule.wrongAsset',
  underpaid: 'rule.underpaid',
  'no money': 'rule.noMoney',
  'nodes disagree': 'rule.nodesDisagree',
  expired: 'rule.ended',
  cancelled: 'rule.ended',
  failed: 'rule.ended',
};

/** `eip155:1 up to 100 USD: 12 confirmations`, with or without a limit. */
const CONFIRMATIONS = /^(any chain|\S+)(?: up to (\S+ \S+))?: (\d+) confirmations?(?:: |$)/;
const OVERRIDE = /^override \(known: ([^)]*)\)(?:: (.*))?$/s;

function isFlag(word: string): word is Flag {
  return flagSchema.safeParse(word).success;
}

/** @returns null where the rule is of no known form */
export function ruleWords(rule: string, tell: (message: Message) => string): Message | null {
  const [, chain, limit, count] = CONFIRMATIONS.exec(rule) ?? [];
  if (chain !== undefined && count !== undefined) {
    const where = chain === 'any chain' ? tell(say('rule.anyChain')) : chainName(chain);
    const params = { chain: where, count: Number(count) };
    return limit === undefined
      ? say('rule.confirmations', params)
      : say('rule.confirmationsUpTo', { ...params, limit });
  }
  const [, known, reason = ''] = OVERRIDE.exec(rule) ?? [];
  if (known !== undefined) {
    const words = known.split(', ').filter((word) => word !== 'none');
    if (!words.every(isFlag)) return null;
    const troubles = words.map((flag) => tell(say(`flag.${flag}`))).join(', ');
    return troubles === ''
      ? say('rule.override', { reason })
      : say('rule.overrideKnowing', { known: troubles, reason });
  }
  const [name = ''] = rule.split(':');
  const key = Object.hasOwn(rules, name) ? rules[name] : undefined;
  return key === undefined ? null : { key, params: {} };
}
