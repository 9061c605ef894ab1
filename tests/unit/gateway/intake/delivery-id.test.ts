import { expect, test } from 'vitest';
import { deliveryId } from '../../../../gateway/intake/delivery-id.ts';

const AT = Date.parse('2026-11-21T12:00:00Z');

test('an id is a UUID of version 7 that begins with its time', () => {
  const id = deliveryId(AT);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(AT);
});

test('ids stand in the order of their times, and no two of one time are alike', () => {
  const ids = Array.from({ length: 200 }, (_, n) => deliveryId(AT + n));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(Array.from({ length: 1_000 }, () => deliveryId(AT))).size).toBe(1_000);
});
