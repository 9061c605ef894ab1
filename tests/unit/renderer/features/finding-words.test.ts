import { describe, expect, it } from 'vitest';
import { findingCodes } from '../../../../contract/diagnosis.ts';
import type { Finding } from '../../../../contract/order.ts';
import { findingNextWords, findingTitleWords, findingWords } from '../../../../renderer/features/case/finding-words.ts';
import { english } from '../../../../renderer/strings/english.ts';
import { createWords } from '../../../../renderer/strings/translate.ts';

const { tell } = createWords('en', english);
const finding = (code: string, facts?: Finding['facts']): Finding => ({
  ...{ code, severity: 'warning', since: 1, evidence: ['as the gateway says it'], nextStep: 'Look.' },
  ...(facts && { facts }),
});
const said = (code: string, facts?: Finding['facts']) => {
  const words = findingWords(finding(code, facts), tell);
  return words && tell(words);
};

describe('findings in words', () => {
  it.each(findingCodes)('%s has a title', (code) => {
    const title = findingTitleWords(code);
    expect(title && tell(title)).toMatch(/^[A-Z]/);
  });

  it('says what was found by code and facts, durations in words', () => {
    expect(said('late', { byMs: '180000' })).toBe('The money came 3 min after the order expired.');
    expect(said('underpaid', { missing: '1 ETH', received: '2 ETH', due: '3 ETH' })).toBe(
      '1 ETH are missing: 2 ETH of 3 ETH came.',
    );
    expect(said('expired-unpaid')).toBe('No money was seen before the order expired.');
  });

  it.each(findingCodes)('%s leaves no placeholder open, whatever facts it comes with', (code) => {
    const text = (Reflect.get(english, `finding.${code}.says`) as string | undefined) ?? '';
    const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const facts = Object.fromEntries(
      names.flatMap((name) => [
        [name, 'x'],
        [`${name}Ms`, '1000'],
      ]),
    );
    expect(said(code, facts) ?? '').not.toContain('{');
    expect(said(code, facts) === null).toBe(text === '');
    if (names.length > 0) expect(said(code, {})).toBeNull();
  });

  it('says what both witnesses say by code, and their own texts where the gateway told no codes', () => {
    const facts = { processor: 'P', node: 'N', amount: '1 ETH' };
    expect(said('witness-conflict', { ...facts, processorSays: 'settled', nodeSays: 'reorged' })).toBe(
      'The processor: 1 ETH is settled. Our node: it is no longer in the chain.',
    );
    expect(said('witness-conflict', facts)).toBe('The processor: P. Our node: N.');
    expect(said('witness-conflict', { ...facts, processorSays: 'sings', nodeSays: 'deep' })).toContain('P');
  });

  it.each([
    ['elsewhere', '1', 'The named transaction moves 1 ETH to 0xe1, which is no address of this order.', /compare/],
    ['elsewhere', '3', 'The named transaction pays 3 times, and nothing to this order.', /compare/],
    ['watched', '1', /watched for something else than this order/, /look the hash up/],
    ['contract', '0', /do not see\.$/, /internal transactions/],
    ['nothing', '0', 'The named transaction moves no money.', /hash of the payment itself/],
    ['failed', '0', /it moved nothing/, /send it again/],
  ])('says of a named transaction what it does: %s, %s', (kind, count, says, next) => {
    const facts = { kind, count, mined: 'true', ...(count !== '0' && { moved: '1 ETH', to: '0xe1' }) };
    expect(said('not-paid-here', facts)).toMatch(says);
    const words = findingNextWords(finding('not-paid-here', facts), { status: 'awaiting' });
    expect(words && tell(words)).toMatch(next);
    const pending = findingNextWords(finding('not-paid-here', { ...facts, mined: 'false' }), { status: 'awaiting' });
    expect(pending && /not mined yet/.test(tell(pending))).toBe(kind === 'elsewhere');
  });

  it('says how long confirming takes, where that is known', () => {
    expect(said('confirming', { fromMs: '120000', toMs: '180000', mined: 'true' })).toContain('2 min to 3 min more');
    expect(said('confirming', { fromMs: '120000', toMs: '180000', mined: 'false' })).toContain('once it gets into');
    expect(said('confirming', { fromMs: 'x' })).toBe('The whole amount was seen.');
  });

  it.each(findingCodes)('%s says what to do next', (code) => {
    const words = findingNextWords(finding(code), { status: 'expired' });
    expect(words && tell(words)).toMatch(/[.]$/);
  });

  it('says what to do next by what is known of the order and the finding', () => {
    const next = (code: string, status: 'awaiting' | 'expired', facts?: Finding['facts']) => {
      const words = findingNextWords(finding(code, facts), { status });
      return words && tell(words);
    };
    expect(next('underpaid', 'awaiting')).toContain('before the countdown ends');
    expect(next('underpaid', 'expired')).toContain('The time is over');
    expect(next('confirming', 'awaiting', { needed: '12' })).toBe('Wait for 12 confirmations.');
    expect(next('martian-invasion', 'awaiting')).toBeNull();
  });

  it('leaves to the evidence what it cannot say: codes of a later version, facts that are missing or no number', () => {
    expect(findingTitleWords('martian-invasion')).toBeNull();
    expect(said('martian-invasion', { amount: '1 ETH' })).toBeNull();
    expect(said('late')).toBeNull();
    expect(said('late', { byMs: 'soon' })).toBeNull();
    expect(findingTitleWords('toString')).toBeNull();
    expect(said('constructor')).toBeNull();
  });
});
