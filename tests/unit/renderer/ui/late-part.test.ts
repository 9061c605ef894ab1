import { describe, expect, it, vi } from 'vitest';
import { latePart } from '../../../../renderer/ui/late-part.ts';

const Part = () => null;

describe('a late part', () => {
  it('is fetched once, however often it is asked for', async () => {
    const bring = vi.fn(async () => Part);
    const part = latePart(bring);
    expect(part.read()).toEqual({ kind: 'absent' });
    expect(bring).not.toHaveBeenCalled();
    await Promise.all([part.load(), part.load()]);
    await part.load();
    expect(bring).toHaveBeenCalledTimes(1);
    expect(part.read()).toEqual({ kind: 'loaded', Part });
  });

  it('tells who listens that it is there, and nobody else', async () => {
    const part = latePart(async () => Part);
    const [heard, left] = [vi.fn(), vi.fn()];
    part.subscribe(heard);
    part.subscribe(left)();
    await part.load();
    expect(heard).toHaveBeenCalledTimes(1);
    expect(left).not.toHaveBeenCalled();
  });

  it('says that it could not be fetched, and does not reject', async () => {
    const bring = vi.fn(async () => Promise.reject(new Error('gone')));
    const part = latePart(bring);
    const heard = vi.fn();
    part.subscribe(heard);
    await part.load();
    await part.load();
    expect(part.read()).toEqual({ kind: 'failed' });
    expect(heard).toHaveBeenCalledTimes(1);
    expect(bring).toHaveBeenCalledTimes(1);
  });
});
