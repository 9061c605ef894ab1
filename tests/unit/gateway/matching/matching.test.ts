import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Matching } from '../../../../gateway/matching/matching.ts';
import type { Sighting } from '../../../../gateway/matching/sighting.ts';
import { openStorage } from '../../../../gateway/store/open-store.ts';
import type { Storage } from '../../../../gateway/store/open-store.ts';

let dataDir: string;
let storage: Storage;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-matching-'));
  storage = await openStorage({ dataDir, clock: Date });
});
afterEach(async () => {
  await storage.close();
  await rm(dataDir, { recursive: true, force: true });
});

const stray: Sighting = {
  payment: {
    id: 'p1',
    chain: 'eip155:1',
    asset: 'native',
    symbol: 'ETH',
    decimals: 18,
    amount: '5',
    txHash: '0xabc',
    to: '0xnobody',
    required: 1,
    witness: 'node',
  },
  seenAt: 1_000,
  confirmations: 0,
};

test('money that is let go is told of once, also where another job of its transaction failed', async () => {
  const told: string[] = [];
  const at = (_fields: object, message: string) => void told.push(message);
  const log = { debug: at, info: at, warn: at, error: at };
  const matching = new Matching({ storage, wallets: new Map(), clock: Date, log });
  // Both wait for a transaction that is open, so that they come into the next one together, in this order.
  const gate = Promise.withResolvers<undefined>();
  const open = storage.writer.write(() => gate.promise);
  const letGo = matching.seen(stray);
  await new Promise((resume) => setImmediate(resume));
  const failing = storage.writer.write(async () => {
    throw new Error('another job');
  });
  gate.resolve(undefined);
  await Promise.all([open, letGo, expect(failing).rejects.toThrow('another job')]);
  expect(told).toEqual(['money at an address of no store is let go']);
  await matching.close();
});
