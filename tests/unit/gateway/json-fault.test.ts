import { expect, test } from 'vitest';
import { jsonFault } from '../../../gateway/json-fault.ts';
import { unsoundness } from '../../../main/desk/delivery/soundness.ts';

const nested = (levels: number): unknown => (levels === 0 ? 'x' : { a: nested(levels - 1) });

test.each([
  ['a level too many', nested(17), 'nested deeper than 16'],
  ['lists within lists', JSON.parse(`${'['.repeat(30_000)}${']'.repeat(30_000)}`), 'nested deeper'],
  ['digits that were lost', { id: JSON.parse('123456789012345678901') as number }, 'send it as text'],
  ['a number without end', [JSON.parse('1e999') as number], 'send it as text'],
])('%s is a fault', (_, value, fault) => {
  expect(jsonFault(value)).toContain(fault);
});

test.each([[nested(16)], [{ id: Number.MAX_SAFE_INTEGER, share: 0.1, none: null, yes: true }], ['text'], [undefined]])(
  'what is taken can be shown at every desk',
  (metadata) => {
    expect(jsonFault(metadata)).toBeNull();
    expect(unsoundness({ orders: [{ customer: { metadata } }] })).toBeNull();
  },
);
