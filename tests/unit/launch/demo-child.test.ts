import { describe, expect, it } from 'vitest';
import { demoFactsIn } from '../../../launch/demo-child.ts';
import { demoQuestion } from '../../../launch/host-child.ts';

const facts = { processor: 'http://127.0.0.1:1', chain: 'http://127.0.0.1:2', config: 'stores: []', env: { A: 'b' } };

describe("the demo's first line", () => {
  it('is taken as it is', () => {
    expect(demoFactsIn(JSON.stringify({ ...facts, chainSocket: 'ws://127.0.0.1:2' }))).toEqual(facts);
  });

  it.each([
    '',
    'Selling …',
    'null',
    '[]',
    '{}',
    JSON.stringify({ ...facts, env: null }),
    JSON.stringify({ ...facts, chain: 1 }),
  ])('is not %j', (line) => {
    expect(demoFactsIn(line)).toBeNull();
  });
});

describe("a host's question for the demo", () => {
  it.each([
    [{ ask: 'demo', id: 4 }, 4],
    [{ ask: 'else', id: 4 }, null],
    [{ ask: 'demo' }, null],
    [{ ask: 'demo', id: '4' }, null],
    ['demo', null],
    [null, null],
  ])('in %j is %s', (message, id) => {
    expect(demoQuestion(message)).toBe(id);
  });
});
