import { describe, expect, it } from 'vitest';
import { languageOf, languages, localeOf } from '../../../contract/language.ts';
import { settingsSchema } from '../../../contract/settings.ts';

describe('languages', () => {
  it('are those a person can choose', () => {
    const offered = settingsSchema.shape.language.options.filter((option) => option !== 'system');
    expect([...languages].sort()).toEqual([...offered].sort());
  });

  it.each([
    [['zh-CN', 'en'], 'zh-CN'],
    [['zh-Hant-TW'], 'zh-CN'],
    [['ZH'], 'zh-CN'],
    [['en-GB', 'zh-CN'], 'en'],
    [['de-DE', 'zh-CN', 'en'], 'zh-CN'],
    [['de-DE'], 'en'],
    [['zhx', 'english'], 'en'],
    [[], 'en'],
  ] as const)('go by the system: %j reads %s', (preferred, language) => {
    expect(languageOf('system', preferred)).toBe(language);
  });

  it('are what a person chose, whatever the system says', () => {
    expect(languageOf('en', ['zh-CN'])).toBe('en');
    expect(languageOf('zh-CN', ['en-US'])).toBe('zh-CN');
  });

  it('take numbers and dates from the person’s own variety, and from no broken tag', () => {
    expect(localeOf('en', ['de', 'en-AU', 'en'])).toBe('en-AU');
    expect(localeOf('zh-CN', ['en-US'])).toBe('zh-CN');
    expect(localeOf('en', ['en_US.UTF-8', 'C'])).toBe('en');
  });
});
