import { describe, expect, it } from 'vitest';
import { explorerLink, explorers, explorersOf } from '../../../contract/explorers.ts';
import { externalLink } from '../../../main/electron/external-links.ts';

const hash = `0x${'ab'.repeat(32)}`;
const address = '0x52908400098527886E0F7030069857D2E4169EE7';
const txid = 'cd'.repeat(32);

describe('links to explorers', () => {
  it.each(explorers.map((each) => [`${each.name} of ${each.chain}`, each] as const))(
    'the host opens every page of %s',
    (_, { chain, name, host }) => {
      const ids = chain.startsWith('eip155:')
        ? { tx: hash, address, block: '21480112' }
        : { tx: txid, address: 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq', block: txid };
      for (const [page, id] of Object.entries(ids)) {
        const link = explorerLink(chain, page as keyof typeof ids, id, name);
        expect(new URL(link?.href ?? '').host).toBe(host);
        expect(externalLink(link?.href ?? '')).toBe(link?.href);
      }
    },
  );

  it('follow the choice, and the chain’s usual one where it has none of that name', () => {
    expect(explorerLink('eip155:1', 'tx', hash, 'Blockscout')?.href).toBe(`https://eth.blockscout.com/tx/${hash}`);
    expect(explorerLink('eip155:1', 'tx', hash, 'Arbiscan')?.href).toBe(`https://etherscan.io/tx/${hash}`);
    expect(explorerLink('eip155:1', 'tx', hash)?.name).toBe('Etherscan');
  });

  it.each([
    ['an unknown chain', 'eip155:424242', 'tx', hash],
    ['no chain', null, 'tx', hash],
    ['a path in the id', 'eip155:1', 'tx', `${hash}/../../login`],
    ['a query in the id', 'eip155:1', 'address', `${address}?next=https://evil.example`],
    ['an id of another chain', 'eip155:1', 'tx', txid],
    ['an address for a transaction', 'eip155:1', 'tx', address],
    ['nothing', 'eip155:1', 'tx', ''],
    ['a name that every object has', 'constructor:1', 'tx', hash],
  ] as const)('are none for %s', (_, chain, page, id) => {
    expect(explorerLink(chain, page, id)).toBeNull();
  });

  it('have one name each on their chain', () => {
    for (const { chain } of explorers) {
      const names = explorersOf(chain).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
