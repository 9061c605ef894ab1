/** What gateway.yaml may say of chains, by kind. */
import { z } from 'zod';
import { nameSchema } from '../../contract/order.ts';
import { addressFault } from '../chains/address-fault.ts';
import { bitcoinChains } from '../chains/bitcoin/network.ts';
import { httpUrl } from './source-config.ts';

const walletAddress = z.string().regex(/^[0-9A-Za-z]{20,128}$/, 'has to be an address of this chain');
/** An address of the merchant's own that belongs to no order; its money is the first store's where none is named. */
const wallet = z.union([walletAddress, z.strictObject({ address: walletAddress, store: nameSchema.optional() })], {
  error: 'has to be an address, or {address, store}',
});

const common = {
  pollSeconds: z.number().min(0.05).max(3600).optional(),
  /** How long a payment has to be in neither pool nor chain until it is called dropped. */
  dropAfterMinutes: z.number().min(0.5).max(10_080).optional(),
  wallets: z.array(wallet).max(1000).default([]),
};
const depth = z.int().min(1).max(100_000);

export const evmConfigSchema = z.strictObject({
  ...common,
  id: nameSchema.refine((id) => /^eip155:[1-9]\d{0,14}$/.test(id), 'has to be a CAIP-2 id such as eip155:1'),
  kind: z.literal('evm'),
  rpc: z.array(z.url({ protocol: /^(?:https?|wss?)$/, error: 'has to be a ws, wss, http or https URL' })).min(1),
  confirmations: z.union([depth, z.enum(['safe', 'finalized'])], {
    error: 'has to be a number of confirmations from 1, or safe or finalized where the chain names such blocks',
  }),
  tokens: z
    .array(
      z.strictObject({
        symbol: z.string().min(1).max(32),
        address: z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'has to be 0x and 40 hex digits'),
        decimals: z.int().min(0).max(36),
      }),
    )
    .default([]),
  native: z.strictObject({ symbol: z.string().min(1).max(32), decimals: z.int().min(0).max(36) }).optional(),
});

export const bitcoinConfigSchema = z.strictObject({
  ...common,
  id: nameSchema.refine(
    (id) => bitcoinChains.includes(id),
    `has to be one of Bitcoin's networks: ${bitcoinChains.join(', ')}`,
  ),
  kind: z.literal('bitcoin'),
  /** JSON-RPC of bitcoind. */
  rpc: z.array(httpUrl).default([]),
  esplora: z.array(httpUrl).default([]),
  confirmations: depth,
});

export const chainConfigSchema = z
  .discriminatedUnion('kind', [evmConfigSchema, bitcoinConfigSchema], {
    error: 'the kinds of chains are: evm, bitcoin',
  })
  .superRefine((chain, context) => {
    const check = (address: string, ...path: readonly PropertyKey[]): void => {
      const fault = addressFault(chain.id, address);
      if (fault !== null) context.addIssue({ code: 'custom', path: [...path], message: `the address ${fault}` });
    };
    for (const [index, each] of chain.wallets.entries()) {
      if (typeof each === 'string') check(each, 'wallets', index);
      else check(each.address, 'wallets', index, 'address');
    }
    endpointsOnce(chain.rpc, 'rpc', context);
    if (chain.kind === 'bitcoin') endpointsOnce(chain.esplora, 'esplora', context);
    if (chain.kind === 'evm') {
      for (const [index, { address }] of chain.tokens.entries()) check(address, 'tokens', index, 'address');
    } else if (chain.rpc.length + chain.esplora.length === 0) {
      context.addIssue({ code: 'custom', path: ['rpc'], message: 'takes at least one endpoint, in rpc or in esplora' });
    }
  });

/** Nodes are held against each other: one that is named twice would agree with itself, and outvote another. */
function endpointsOnce(endpoints: readonly string[], list: string, context: z.RefinementCtx): void {
  const same = endpoints.map((endpoint) => URL.parse(endpoint)?.href ?? endpoint);
  for (const [index, href] of same.entries()) {
    if (same.indexOf(href) === index) continue;
    context.addIssue({ code: 'custom', path: [list, index], message: 'is named twice: each node is asked once' });
  }
}

export type ChainConfig = z.infer<typeof chainConfigSchema>;
