import { expect, it } from 'vitest';
import { Looks } from '../../../../../gateway/sources/reconcile/looks.ts';

it('what is hurried comes first, once', () => {
  const looks = new Looks();
  looks.hurry('a');
  expect(looks.urgent(0)).toBe('a');
  looks.answered('a', looks.take('a'), { vain: false, due: 50, again: false });
  expect(looks.urgent(100)).toBeUndefined();
  expect([looks.isDue('a', 49), looks.isDue('a', 50), looks.isDue('unknown', 0)]).toEqual([false, true, true]);
});

it('what is heard of while it is being asked about is asked about once more', () => {
  const looks = new Looks();
  looks.hurry('a');
  const taken = looks.take('a');
  looks.hurry('a');
  looks.answered('a', taken, { vain: false, due: 50, again: false });
  expect(looks.urgent(0)).toBe('a');
});

it('what was hurried stays so when the question failed, later, and what was not does not become so', () => {
  const looks = new Looks();
  looks.hurry('a');
  looks.answered('a', looks.take('a'), { vain: true, due: 50, again: true });
  looks.answered('b', looks.take('b'), { vain: true, due: 50, again: true });
  expect([looks.urgent(49), looks.urgent(50)]).toEqual([undefined, 'a']);
});

it('counts vain looks in a row', () => {
  const looks = new Looks();
  for (const vain of [true, true, false, true]) looks.answered('a', looks.take('a'), { vain, due: 0, again: false });
  expect(looks.take('a').vain).toBe(1);
});

it('forgets what is neither open nor hurried', () => {
  const looks = new Looks();
  for (const ref of ['open', 'closed']) looks.answered(ref, looks.take(ref), { vain: false, due: 50, again: false });
  looks.hurry('hurried');
  looks.keep(new Set(['open']));
  expect([looks.isDue('open', 0), looks.isDue('closed', 0), looks.urgent(0)]).toEqual([false, true, 'hurried']);
});
