import { describe, expect, it } from 'vitest';
import {
  count,
  milliseconds,
  notMeasured,
  perSecond,
  ratioFigure,
  spreadWritten,
  valueFigure,
} from '../../bench/figure.ts';
import { tableOf } from '../../bench/table.ts';

const throughput = { goal: 'P1', what: 'events', bound: { atLeast: 2 }, unit: perSecond };

describe('a figure beside its anchor', () => {
  it('is judged by the median of the ratios, whatever one round did', () => {
    expect(ratioFigure(throughput, [300, 20, 310], [100, 100, 100]).met).toBe(true);
    expect(ratioFigure(throughput, [190, 900, 150], [100, 100, 100]).met).toBe(false);
  });

  it('keeps a limit that it just reaches', () => {
    expect(ratioFigure(throughput, [200], [100]).met).toBe(true);
    const wait = { goal: 'P5', what: 'wait', bound: { atMost: 50 }, unit: milliseconds };
    expect(valueFigure(wait, [50]).met).toBe(true);
    expect(valueFigure(wait, [50.01]).met).toBe(false);
  });

  it('misses its goal where it is no number', () => {
    expect(
      valueFigure({ goal: 'P12', what: 'never came back', bound: { atMost: 1 }, unit: count }, [Number.NaN]).met,
    ).toBe(false);
  });

  it('tells the median with least and most', () => {
    expect(spreadWritten([3, 1, 2], milliseconds)).toBe('2.0 ms (1.0–3.0)');
    expect(spreadWritten([1234.5], perSecond)).toBe('1,235/s');
  });
});

describe('the table', () => {
  it('says met, missed or why not, a line each, all as wide', () => {
    const lines = tableOf([
      ratioFigure(throughput, [300], [100]),
      ratioFigure(throughput, [100], [100]),
      notMeasured('P2', 'to paint', 'no browser is known'),
    ]);
    expect(lines).toHaveLength(5);
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
    expect(lines[2]).toMatch(/3\.00× .*\| met {4}\|$/);
    expect(lines[3]).toMatch(/MISSED \|$/);
    expect(lines[4]).toMatch(/not measured: no browser is known .*— {6}\|$/);
  });
});
