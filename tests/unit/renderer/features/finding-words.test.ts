import { describe, expect, it } from 'vitest';
import { findingCodes } from '../../../../contract/diagnosis.ts';
import type { Finding } from '../../../../contract/order.ts';
import { findingTitleWords, findingWords } from '../../../../renderer/features/case/finding-words.ts';
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

  it('leaves to the evidence what it cannot say: codes of a later version, facts that are missing or no number', () => {
    expect(findingTitleWords('martian-invasion')).toBeNull();
    expect(said('martian-invasion', { amount: '1 ETH' })).toBeNull();
    expect(said('late')).toBeNull();
    expect(said('late', { byMs: 'soon' })).toBeNull();
    expect(findingTitleWords('toString')).toBeNull();
    expect(said('constructor')).toBeNull();
  });
});
