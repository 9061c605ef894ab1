/**
 * What fits by itself and not with the rest of gateway.yaml: names that are taken, or that nothing has. Read leniently, so
 * that it is told together with whatever else is wrong.
 */
import { z } from 'zod';

export interface CrossFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

const name = z.string().optional().catch(undefined);
const rule = z.looseObject({ chain: name }).catch({ chain: undefined });
const wallet = z.looseObject({ store: name }).catch({ store: undefined });
const entry = z
  .looseObject({ id: name, store: name, release: z.array(rule).catch([]), wallets: z.array(wallet).catch([]) })
  .catch({ id: undefined, store: undefined, release: [], wallets: [] });
type Entry = z.infer<typeof entry>;

const names = z.object({
  stores: z.array(entry).optional(),
  sources: z.array(entry).default([]),
  chains: z.array(entry).default([]),
});
type Names = z.infer<typeof names>;

/** @param config as it was written; none of it is told of twice where a list is no list */
export function crossFaults(config: unknown): CrossFault[] {
  const read = names.safeParse(config);
  if (!read.success) return [];
  const { sources, chains } = read.data;
  const stores = read.data.stores ?? [entry.parse({ id: 'main' })];
  return [
    ...taken({ stores, sources, chains }),
    ...unwatched(stores, chains),
    ...unknownStores(stores, sources, chains),
  ];
}

/** Health, metrics and events name a source and a chain in the same way. */
function taken({ stores = [], sources, chains }: Names): CrossFault[] {
  const lists = { stores, sources, chains };
  const twice = Object.entries(lists).flatMap(([list, entries]) =>
    faultsOf(entries, ({ id }, index) =>
      id !== undefined && entries.findIndex((each) => each.id === id) < index
        ? { path: [list, index, 'id'], message: `"${id}" is taken by another entry` }
        : null,
    ),
  );
  const shared = faultsOf(sources, ({ id }, index) =>
    id !== undefined && has(chains, id)
      ? { path: ['sources', index, 'id'], message: `"${id}" is the id of a chain` }
      : null,
  );
  return [...twice, ...shared];
}

/** A rule for a chain that nobody watches would wait for ever, or let another rule decide that was not meant. */
function unwatched(stores: readonly Entry[], chains: readonly Entry[]): CrossFault[] {
  return stores.flatMap(({ release }, store) =>
    faultsOf(release, ({ chain }, index) =>
      chain === undefined || has(chains, chain)
        ? null
        : { path: ['stores', store, 'release', index, 'chain'], message: `no chain "${chain}" is configured` },
    ),
  );
}

function unknownStores(stores: readonly Entry[], sources: readonly Entry[], chains: readonly Entry[]): CrossFault[] {
  const unknown = ({ store }: { store?: string | undefined }, path: readonly PropertyKey[]): CrossFault | null =>
    store === undefined || has(stores, store)
      ? null
      : { path: [...path, 'store'], message: `no store "${store}" is configured` };
  return [
    ...faultsOf(sources, (source, index) => unknown(source, ['sources', index])),
    ...chains.flatMap(({ wallets }, chain) =>
      faultsOf(wallets, (each, index) => unknown(each, ['chains', chain, 'wallets', index])),
    ),
  ];
}

function has(entries: readonly Entry[], id: string): boolean {
  return entries.some((each) => each.id === id);
}

function faultsOf<T>(items: readonly T[], faultOf: (item: T, index: number) => CrossFault | null): CrossFault[] {
  return items.flatMap((item, index) => faultOf(item, index) ?? []);
}
