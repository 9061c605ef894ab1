import { expect, test } from 'vitest';
import { sparingLogger } from '../../../gateway/sparing-logger.ts';

test('an error that happens again and again is said every 10 s, all else always', () => {
  const said: unknown[] = [];
  const at = (level: string) => (fields: object, message: string) => void said.push([level, fields, message]);
  const clock = { at: 0, now: () => clock.at };
  const log = sparingLogger({ debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, clock);
  for (; clock.at < 20_000; clock.at += 500) log.error({ error: 'the disk is full' }, 'expiry could not be checked');
  log.error({ error: 'the disk is full' }, 'old events could not be trimmed');
  for (const level of ['debug', 'info', 'warn'] as const) for (const n of [1, 2]) log[level]({ n }, 'again');
  expect(said).toEqual([
    ['error', { error: 'the disk is full' }, 'expiry could not be checked'],
    ['error', { error: 'the disk is full', unsaid: 19 }, 'expiry could not be checked'],
    ['error', { error: 'the disk is full' }, 'old events could not be trimmed'],
    ...['debug', 'info', 'warn'].flatMap((level) => [1, 2].map((n) => [level, { n }, 'again'])),
  ]);
});
