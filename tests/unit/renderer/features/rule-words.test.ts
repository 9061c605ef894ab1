import { describe, expect, it } from 'vitest';
import { ruleText } from '../../../../gateway/diagnosis/release.ts';
import { ruleWords } from '../../../../renderer/features/case/rule-words.ts';
import { createStrings } from '../../../../renderer/strings/create-strings.ts';

const english = createStrings('en', []);
const chinese = createStrings('zh-CN', []);
const said = (rule: string, { tell } = english) => {
  const words = ruleWords(rule, tell);
  return words && tell(words);
};

describe('the rule behind a verdict', () => {
  it('is said by its form, with chains by name', () => {
    const rule = ruleText({ chain: 'eip155:1', upTo: { amount: '100', currency: 'USD' }, confirmations: 1 });
    expect(said(rule)).toBe('Ethereum up to 100 USD: 1 confirmation');
    expect(said(rule, chinese)).toBe('Ethereum，100 USD 以内：1 次确认');
    expect(said(`${ruleText({ confirmations: 12 })}: not confirmed enough yet`)).toBe('any chain: 12 confirmations');
  });

  it('says what an admin knew, and the reason as it was written', () => {
    expect(said('override (known: late, overpaid): The customer: rang.')).toBe(
      'overridden by an admin, knowing of: late, overpaid. The customer: rang.',
    );
    expect(said('override (known: none): Trust me.')).toBe('overridden by an admin. Trust me.');
    expect(said('override (known: martian): x')).toBeNull();
  });

  it.each([
    ['awaiting payment', '尚未付款'],
    ['late: the money came after the order had expired', '款项在订单到期后到达'],
    ['settled by the processor', '支付服务商已结算'],
    ['expired: the order ended, and there is money for it', '订单已结束，但有款项到达'],
  ])('%s is said in Chinese', (rule, words) => {
    expect(said(rule, chinese)).toBe(words);
  });

  it('stays as it was written where its form is not known', () => {
    expect(said('constructor: x')).toBeNull();
    expect(said('the moon is full')).toBeNull();
    expect(said('')).toBeNull();
  });
});
