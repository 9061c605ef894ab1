import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agenda } from '../../../../gateway/diagnosis/agenda.ts';

describe('[DG7] the agenda', () => {
  it('gives what is due, the earliest first, each order once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.record({ order: fc.integer({ min: 0, max: 9 }), at: fc.nat(50) }), fc.nat(60))),
        (steps) => {
          const agenda = new Agenda();
          const model = new Map<string, number>();
          for (const step of steps) {
            if (typeof step === 'number') {
              const due = [...model].filter(([, at]) => at <= step);
              const taken = agenda.take(step);
              expect(taken.map(({ order, at }) => [order, at]).sort()).toEqual(due.sort());
              expect(taken.map(({ at }) => at)).toEqual(taken.map(({ at }) => at).sort((a, b) => a - b));
              for (const [order] of due) model.delete(order);
            } else {
              const order = String(step.order);
              agenda.plan({ store: 'main', order, at: step.at });
              model.set(order, Math.min(model.get(order) ?? Infinity, step.at));
            }
            expect(agenda.size).toBe(model.size);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps stores apart', () => {
    const agenda = new Agenda();
    agenda.plan({ store: 'a', order: 'x', at: 2 });
    agenda.plan({ store: 'b', order: 'x', at: 1 });
    expect(agenda.take(1)).toEqual([{ store: 'b', order: 'x', at: 1 }]);
    expect(agenda.size).toBe(1);
  });
});
