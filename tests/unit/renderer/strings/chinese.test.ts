import { describe, expect, it } from 'vitest';
import { chinese } from '../../../../renderer/strings/chinese.ts';
import { english } from '../../../../renderer/strings/english.ts';
import type { Entry, StringKey } from '../../../../renderer/strings/message.ts';
import { createStrings } from '../../../../renderer/strings/create-strings.ts';

const keys = Object.keys(english) as StringKey[];
const textsOf = (entry: Entry): string[] => (typeof entry === 'string' ? [entry] : Object.values(entry));
const placeholders = (entry: Entry): string[] =>
  [...new Set(textsOf(entry).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort();
const chineseTexts = keys.flatMap((key) => textsOf(chinese[key]).map((text) => [key, text] as const));
/** What is written the same in every language: names, keys, examples, and patterns without a word. */
const same =
  /^(?:Tillwatch|WebSocket|Esc|tillwatch:.*|https:.*|proxy\.example\.com:\d+|\/|Socket\.IO|[A-Z]{2,4}|CSV|PNG|(?:[^\p{L}]|\{\w+\})*)$/u;
const hasHan = (text: string) => /\p{Script=Han}/u.test(text);

describe('the Chinese catalogue', () => {
  it('has the keys of the English one, no more and no fewer', () => {
    expect(Object.keys(chinese).sort()).toEqual([...keys].sort());
  });

  it('has the placeholders of the English one in every text', () => {
    const differing = keys.filter((key) => placeholders(chinese[key]).join() !== placeholders(english[key]).join());
    expect(differing).toEqual([]);
  });

  it('says everything in Chinese', () => {
    expect(chineseTexts.filter(([, text]) => !hasHan(text) && !same.test(text))).toEqual([]);
  });

  it('sets Chinese with its own punctuation', () => {
    const wrong = /[\p{Script=Han}}][,;:?!](?!\d)|[\p{Script=Han}]\.(?!\w)|[\p{Script=Han}][()]|\.\.\.|[“”]{0}"/u;
    expect(chineseTexts.filter(([, text]) => wrong.test(text))).toEqual([]);
  });

  it.each([
    [/\bgateway\b/i, '网关'],
    [/\bverdict\b/i, '判'],
    [/\bconfirmations?\b/i, '确认'],
    [/\brefund/i, '退'],
    [/\bpairing\b/i, '配对'],
    [/\bUnmatched\b/, '未匹配'],
    [/\bprocessor/i, '支付服务商'],
  ])('keeps to one word for %s', (word, term) => {
    const free = new Set(['pair.linkPlaceholder']);
    const others = keys.filter((key) => {
      const text = textsOf(english[key])
        .join(' ')
        .replace(/\{\w+\}/g, '');
      return !free.has(key) && word.test(text) && !textsOf(chinese[key]).every((said) => said.includes(term));
    });
    expect(others).toEqual([]);
  });

  it('tells one and many, numbers, money and times as a person in China writes them', () => {
    const { t, tell, format, language } = createStrings('zh-CN', ['de-DE', 'zh-CN']);
    expect(language).toBe('zh-CN');
    expect(t('filter.shown', { count: 1400 })).toBe('1,400 个订单');
    expect(t('digest.title', { count: 1 })).toBe('已追上：你离开期间有 1 个事件');
    expect(tell({ key: 'band.since', params: { time: '14:02:11' } })).toBe('自 14:02:11 起非实时');
    expect(format.money('CNY', '1234.5')).toBe('¥1,234.50');
    expect(format.relative(0, 120_000)).toBe('2分钟前');
    expect(format.full(Date.UTC(2026, 10, 21))).toContain('2026年11月');
  });

  it('writes English as the person’s own variety does, and never half in another language', () => {
    expect(createStrings('en', ['de-DE', 'en-GB', 'en-US']).format.locale).toBe('en-GB');
    expect(createStrings('en', ['de-DE']).format.relative(0, 120_000)).toBe('2m ago');
  });
});
