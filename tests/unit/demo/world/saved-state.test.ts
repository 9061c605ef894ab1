import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bitcoinAddress, PretendBitcoin } from '../../../../demo/chains/bitcoin/chain.ts';
import { createChain } from '../../../../demo/chains/evm/chain.ts';
import { seededRandom } from '../../../../demo/clock/random.ts';
import { loadState, saveState } from '../../../../demo/world/saved-state.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tillwatch-demo-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function state(blocks = 3) {
  const chain = createChain(7, 1_790_000_000_000);
  for (let n = 1; n <= blocks; n += 1) chain.mine(1_790_000_000_000 + n * 4_000);
  return { runs: 2, lastReference: 1_099, chain: chain.state(), processor: { payments: [] }, webhooks: ['{"id":1}'] };
}

describe('what outlives a restart', () => {
  it('comes back as it was saved', () => {
    saveState(folder, state());
    expect(loadState(folder)).toMatchObject(state());
  });

  it('brings the second chain and Bitcoin back too, which a file of an earlier version lacks', () => {
    const { chain, ...others } = state();
    const bitcoin = new PretendBitcoin(seededRandom('saved'), 1_790_000_000_000);
    bitcoin.send({ to: bitcoinAddress(seededRandom('to')), value: 5n });
    saveState(folder, { chain, ...others, side: chain, bitcoin: bitcoin.state() });
    expect(loadState(folder)).toEqual({ version: 1, chain, ...others, side: chain, bitcoin: bitcoin.state() });
    saveState(folder, { chain, ...others });
    expect(loadState(folder)).toEqual({ version: 1, chain, ...others });
  });

  it('keeps the newest 256 blocks', () => {
    saveState(folder, state(300));
    const loaded = loadState(folder);
    expect(loaded?.chain.blocks).toHaveLength(256);
    expect(loaded?.chain.blocks.at(-1)?.number).toBe(300);
  });

  it('is one file that nobody else may read, and leaves no other behind', () => {
    saveState(path.join(folder, 'new'), state());
    expect(readdirSync(path.join(folder, 'new'))).toEqual(['demo-state.json']);
    expect(statSync(path.join(folder, 'new', 'demo-state.json')).mode & 0o777).toBe(0o600);
  });

  it.each(['', 'no', 'null', '{}', '{"version":2}', '{"version":1,"runs":"x"}'])(
    'is nothing where the file holds %j',
    (text) => {
      writeFileSync(path.join(folder, 'demo-state.json'), text);
      expect(loadState(folder)).toBeNull();
    },
  );

  it('is nothing where there is no file', () => expect(loadState(folder)).toBeNull());
});
