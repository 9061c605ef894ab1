import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../../../renderer/features/insights/charts/turns.ts';

function stage() {
  const tasks: (() => void)[] = [];
  const done: string[] = [];
  const turns = createTurns((run) => tasks.push(run));
  return {
    ...{ tasks, done },
    ask: (name: string) => turns.ask(() => done.push(name)),
    task: () => tasks.shift()?.(),
  };
}

describe('turns', () => {
  it('come one a task, in the order in which they were asked for', () => {
    const { ask, task, tasks, done } = stage();
    for (const name of ['a', 'b', 'c']) ask(name);
    expect(tasks).toHaveLength(1);
    task();
    expect(done).toEqual(['a']);
    task();
    task();
    expect(done).toEqual(['a', 'b', 'c']);
    expect(tasks).toHaveLength(0);
  });

  it('come also for what asks later, and once each', () => {
    const { ask, task, tasks, done } = stage();
    ask('a');
    task();
    ask('b');
    expect(tasks).toHaveLength(1);
    task();
    expect(done).toEqual(['a', 'b']);
  });

  it('do not come for what gave its turn back', () => {
    const { ask, task, tasks, done } = stage();
    const back = ask('a');
    ask('b');
    back();
    back();
    task();
    expect(done).toEqual(['b']);
    expect(tasks).toHaveLength(0);
  });

  it('go on after one that fails', () => {
    const tasks: (() => void)[] = [];
    const done: string[] = [];
    const turns = createTurns((run) => tasks.push(run));
    turns.ask(() => {
      throw new Error('a chart that cannot be drawn');
    });
    turns.ask(() => done.push('b'));
    expect(() => tasks.shift()?.()).toThrow('cannot be drawn');
    tasks.shift()?.();
    expect(done).toEqual(['b']);
  });
});
