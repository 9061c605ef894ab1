import { describe, expect, it } from 'vitest';
import { tableOf, withTable } from '../../bench/table.ts';

const figure = { goal: 'P1', what: 'events', anchor: '10/s', ours: '20/s', result: '2.00×', bound: '≥ 2.00×' };

describe('the table of the bench', () => {
  it('is Markdown, and says of each figure whether it was met, missed or not measured', () => {
    const rows = tableOf([true, false, null].map((met) => ({ ...figure, met })));
    expect(rows[0]).toMatch(/^\| +\| measured \| anchor \| ours +\| result \| goal +\| +\|$/);
    expect(rows[1]).toMatch(/^(?:\| -{3,} )+\|$/);
    expect(rows.slice(2).map((row) => row.split('|').at(-2)?.trim())).toEqual(['met', 'MISSED', '—']);
  });

  it('replaces what stands between the marks of a text, and nothing else', () => {
    const text = 'Before.\n\n<!-- figures -->\n\nold\n\n<!-- /figures -->\n\nAfter.\n';
    const once = withTable(text, ['| a |', '| b |']);
    expect(once).toBe('Before.\n\n<!-- figures -->\n\n| a |\n| b |\n\n<!-- /figures -->\n\nAfter.\n');
    expect(withTable(once, ['| a |', '| b |'])).toBe(once);
  });

  it.each(['no marks', '<!-- /figures --> <!-- figures -->', '<!-- figures -->'])('says that %j has none', (text) => {
    expect(() => withTable(text, [])).toThrow(RangeError);
  });
});
