import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingCodes, findingKinds, isFindingCode } from '../../../contract/diagnosis.ts';
import { flagSchema } from '../../../contract/order.ts';

describe('[DG1] the codes of findings', () => {
  const page = readFileSync(new URL('../../../docs/user/findings.md', import.meta.url), 'utf8');
  const words = { info: 'info', warning: 'warning', critical: 'alarm' } as const;

  it.each(findingCodes)('%s is explained to people, as severe as it is', (code) => {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${code}\` `));
    expect(row?.split('|')[2]?.trim()).toBe(words[findingKinds[code].severity]);
  });

  it('explain no other', () => {
    const explained = [...page.matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code);
    expect(explained.sort()).toEqual([...findingCodes].sort());
  });

  it('give flags that orders know', () => {
    for (const { flag } of Object.values(findingKinds)) if (flag !== null) expect(flagSchema.parse(flag)).toBe(flag);
  });

  it('may be of a later version', () => {
    expect([isFindingCode('late'), isFindingCode('eclipsed'), isFindingCode('toString')]).toEqual([true, false, false]);
  });
});
