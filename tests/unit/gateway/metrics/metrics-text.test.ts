import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Counter } from '../../../../gateway/metrics/counter.ts';
import { Histogram } from '../../../../gateway/metrics/histogram.ts';
import { metricsText } from '../../../../gateway/metrics/metric-family.ts';
import type { MetricFamily } from '../../../../gateway/metrics/metric-family.ts';
import { parseMetrics } from '../../../support/prometheus/parse-metrics.ts';

function parsed(family: MetricFamily) {
  return parseMetrics(metricsText([family])).get(family.name);
}

describe('the text format', () => {
  test('whatever a label holds, a scraper reads it back', () => {
    const values = fc.uniqueArray(
      fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', 'é', '{', '}', ',', '=', ' ') }),
    );
    fc.assert(
      fc.property(values, (labels) => {
        const samples = labels.map((label, value) => ({ labels: { label, fixed: 'x' }, value }));
        const read = parsed({ name: 'm_total', help: 'two\nlines \\ and "quotes"', type: 'counter', samples });
        expect(read?.samples.map((each) => [each.labels['label'], each.value])).toEqual(
          [...labels.entries()].map(([n, label]) => [label, n]),
        );
        expect(read?.help).toBe('two\\nlines \\\\ and "quotes"');
      }),
    );
  });

  test.each([0, -1.5, 1e21, 1e-9, Infinity, -Infinity, Number.NaN])('the number %s', (value) => {
    expect(parsed({ name: 'm', help: 'h', type: 'gauge', samples: [{ labels: {}, value }] })?.samples[0]?.value).toBe(
      value,
    );
  });

  test.each([
    ['a value without an end', '# HELP m h\n# TYPE m gauge\nm{a="b} 1\n'],
    ['a sample without a family', 'm 1\n'],
    ['a sample of another family', '# HELP m h\n# TYPE m gauge\nn 1\n'],
    ['a type nobody knows', '# HELP m h\n# TYPE m speed\nm 1\n'],
    ['a series twice', '# HELP m h\n# TYPE m gauge\nm{a="1"} 1\nm{a="1"} 2\n'],
    ['no help', '# TYPE m gauge\nm 1\n'],
    ['no last line end', '# HELP m h\n# TYPE m gauge\nm 1'],
    [
      'a histogram that shrinks',
      '# HELP m h\n# TYPE m histogram\nm_bucket{le="1"} 2\nm_bucket{le="+Inf"} 1\nm_sum 1\nm_count 1\n',
    ],
  ])('the parser of these tests refuses %s', (_, text) => {
    expect(() => parseMetrics(text)).toThrow();
  });
});

describe('counters and histograms', () => {
  test('a counter counts by labels, and strangers cannot make it grow without end', () => {
    const counter = new Counter('m_total', 'h');
    counter.add({ what: 'a' });
    counter.add({ what: 'a' });
    for (let n = 0; n < 2_000; n += 1) counter.add({ what: `stranger ${n}` });
    const samples = parsed(counter.family())?.samples ?? [];
    expect(samples[0]).toEqual({ name: 'm_total', labels: { what: 'a' }, value: 2 });
    expect(samples.length).toBeLessThanOrEqual(501);
    expect(samples.reduce((sum, { value }) => sum + value, 0)).toBe(2_002);
  });

  test('a histogram has what fell below each bound, on the bound included', () => {
    const histogram = new Histogram('m_seconds', 'h', [0.1, 1]);
    for (const value of [0.05, 0.1, 0.5, 7]) histogram.observe({ route: '/' }, value);
    const values = parsed(histogram.family())?.samples.map(({ name, labels, value }) => [name, labels['le'], value]);
    expect(values).toEqual([
      ['m_seconds_bucket', '0.1', 2],
      ['m_seconds_bucket', '1', 3],
      ['m_seconds_bucket', '+Inf', 4],
      ['m_seconds_sum', undefined, 7.65],
      ['m_seconds_count', undefined, 4],
    ]);
  });
});
