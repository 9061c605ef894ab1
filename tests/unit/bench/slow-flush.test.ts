import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { NotMeasurable } from '../../bench/not-measurable.ts';
import { flushTime, underSlowFlush } from '../../bench/slow-flush.ts';

afterEach(() => vi.unstubAllEnvs());

test('only flushes are held up, by microseconds as strace counts them', () => {
  const { file, args } = underSlowFlush(2);
  expect(file).toBe('strace');
  expect(args.slice(-4)).toEqual(['-e', 'trace=fsync,fdatasync', '-e', 'inject=fsync,fdatasync:delay_exit=2000']);
});

test('a machine without strace says so', async () => {
  const empty = await mkdtemp(join(tmpdir(), 'tillwatch-path-'));
  vi.stubEnv('PATH', empty);
  const refused = await flushTime({ flushMs: 2 }).catch((error: unknown) => error);
  await rm(empty, { recursive: true });
  expect(refused).toBeInstanceOf(NotMeasurable);
  expect((refused as Error).message).toBe('no strace');
});
