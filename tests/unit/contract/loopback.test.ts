import { describe, expect, test } from 'vitest';
import { isLoopback } from '../../../contract/loopback.ts';

describe('[CN12] loopback', () => {
  test('only this very machine is loopback', () => {
    for (const host of ['localhost', 'a.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '::1'])
      expect(isLoopback(host)).toBe(true);
    for (const host of ['localhost.example.com', '127.0.0.1.nip.io', '128.0.0.1', '[::2]', ''])
      expect(isLoopback(host)).toBe(false);
  });
});
