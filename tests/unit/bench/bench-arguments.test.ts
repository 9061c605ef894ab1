import { describe, expect, it } from 'vitest';
import { benchArguments } from '../../bench/bench-arguments.ts';

const known = ['p1', 'p2'];

describe('the arguments of the bench', () => {
  it('takes goals in any case, and all without', () => {
    expect(benchArguments(['P2', 'p1'], known).goals).toEqual(['p2', 'p1']);
    expect(benchArguments([], known)).toEqual({ goals: [], rounds: 5, quick: false, profile: false, table: null });
  });

  it('measures once where it is quick, and never fewer than five times otherwise', () => {
    expect(benchArguments(['--quick'], known).rounds).toBe(1);
    expect(benchArguments(['--rounds', '9'], known).rounds).toBe(9);
    expect(() => benchArguments(['--rounds', '4'], known)).toThrow(/from 5 on/);
    expect(() => benchArguments(['--rounds', 'many'], known)).toThrow(RangeError);
  });

  it('takes a file for the table, but not of a quick run', () => {
    expect(benchArguments(['--table', 'docs/bench.md'], known).table).toBe('docs/bench.md');
    expect(() => benchArguments(['--quick', '--table', 'docs/bench.md'], known)).toThrow(RangeError);
  });

  it('names an option that there is not, so that its use is shown', () => {
    expect(() => benchArguments(['--fast'], known)).toThrow(RangeError);
  });

  it('names a goal that there is not', () => {
    expect(() => benchArguments(['p3'], known)).toThrow(/no goal "p3"; known are p1, p2/);
  });
});
