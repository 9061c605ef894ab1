/** The gateway's configuration for the demo: its processors as sources, its chains as chains. */
import { DEMO_BITCOIN } from './bitcoin-chain.ts';

/** CAIP-2 ids of the pretend chains: numbers that development chains use, so that nobody takes them for real networks. */
export const DEMO_CHAIN_ID = 31_337;
export const DEMO_CHAIN = `eip155:${DEMO_CHAIN_ID}`;
export const SIDE_CHAIN_ID = 1_337;
export const SIDE_CHAIN = `eip155:${SIDE_CHAIN_ID}`;

/** The tokens that live on the pretend chain. */
export const demoTokens = [
  { symbol: 'USDC', decimals: 6, address: '0x5f3b5dfeb7b28cdbd7faba78963ee202a494e2a2' },
  { symbol: 'USDT', decimals: 6, address: '0x7d1afa7b718fb893db30a3abc0cfc608aacfebb0' },
] as const;

/** The token of the second chain: the same name, and another contract. */
export const sideTokens = [
  { symbol: 'USDC', decimals: 6, address: '0x91e1b6d3b1a4d0ecf9c15ae38a0b1fb0ba2d7d6c' },
] as const;

/** A contract that calls itself as a real token does; nobody configured it. */
export const FAKE_TOKEN = { symbol: 'USDC', address: '0xbadc0ffee0ddf00d5ca1ab1eba5eba11deadbeef' } as const;

/** The shop's own wallet: no order asks for money there, and customers send some all the same. */
export const DEMO_WALLET = '0x3c9d1f0b6a7e4825d1c0b9a8f7e6d5c4b3a29180';

export const confirmationsRequired = 6;

/** Ids of the sources beside the Crypto.com Pay one, whose id is the demo's to choose. */
export const BTCPAY_SOURCE = 'btcpay';
export const COINBASE_SOURCE = 'coinbase';
export const BTCPAY_STORE = 'PretendStore';

/** Below which paths of their two ports the pretend processors and nodes answer. */
export const paths = {
  cryptoCom: '/api',
  btcpay: '/btcpay',
  side: '/side',
  secondSide: '/side-two',
  bitcoin: '/bitcoin',
} as const;

export interface GatewayConfigParts {
  readonly store: string;
  readonly source: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Where the processors are, without a path. */
  readonly processors: string;
  /** Where the nodes are, without a path, by HTTP and by WebSocket. */
  readonly nodes: string;
  readonly nodeSockets: string;
}

const text = JSON.stringify;

/**
 * A complete gateway.yaml. Its secrets are names of environment variables: TILLWATCH_DEMO_WEBHOOK_SECRET and
 * TILLWATCH_DEMO_API_KEY, which all pretend processors share.
 */
export function gatewayConfig(parts: GatewayConfigParts): string {
  return [...storeLines(parts), ...sourceLines(parts), ...chainLines(parts), ''].join('\n');
}

function storeLines({ store, timeZone }: GatewayConfigParts): string[] {
  return [
    'stores:',
    `  - id: ${text(store)}`,
    '    name: Main street',
    '    currency: USD',
    `    timeZone: ${text(timeZone)}`,
    '    lateGraceMinutes: 15',
    '    underpaidTolerance: 0.5%',
    '    witnessConflictMinutes: 2',
    '    release:',
    `      - { chain: ${text(DEMO_CHAIN)}, upTo: "100 USD", confirmations: 1 }`,
    `      - { chain: ${text(DEMO_CHAIN)}, confirmations: 3 }`,
    `      - { chain: ${text(SIDE_CHAIN)}, confirmations: 3 }`,
    `      - { chain: ${text(DEMO_BITCOIN)}, confirmations: 1 }`,
  ];
}

function sourceLines({ store, source, processors }: GatewayConfigParts): string[] {
  const common = (id: string, kind: string): string[] => [
    `  - id: ${text(id)}`,
    `    kind: ${kind}`,
    `    store: ${text(store)}`,
    '    webhookSecrets: ["${TILLWATCH_DEMO_WEBHOOK_SECRET}"]',
  ];
  const networks = ['ETH', 'USDC', 'USDT'].map((symbol) => `${symbol}: ${text(DEMO_CHAIN)}`).join(', ');
  return [
    'sources:',
    ...common(source, 'crypto-com-pay'),
    '    apiKey: "${TILLWATCH_DEMO_API_KEY}"',
    `    apiBase: ${text(processors + paths.cryptoCom)}`,
    '    pollSeconds: 5',
    `    networks: { ${networks} }`,
    ...common(BTCPAY_SOURCE, 'btcpay'),
    '    apiKey: "${TILLWATCH_DEMO_API_KEY}"',
    `    apiBase: ${text(processors + paths.btcpay)}`,
    `    storeId: ${text(BTCPAY_STORE)}`,
    '    pollSeconds: 5',
    // Without a key it is not asked: its webhooks are all that proves the line.
    ...common(COINBASE_SOURCE, 'coinbase-business'),
  ];
}

function chainLines({ nodes, nodeSockets }: GatewayConfigParts): string[] {
  const evm = (id: string, rpc: readonly string[]): string[] => [
    `  - id: ${text(id)}`,
    '    kind: evm',
    `    rpc: [${rpc.map((url) => text(url)).join(', ')}]`,
    `    confirmations: ${confirmationsRequired}`,
    '    dropAfterMinutes: 2',
    '    native: { symbol: ETH, decimals: 18 }',
    '    tokens:',
  ];
  const tokens = (each: readonly { symbol: string; address: string; decimals: number }[]): string[] =>
    each.map(
      ({ symbol, address, decimals }) =>
        `      - { symbol: ${symbol}, address: ${text(address)}, decimals: ${decimals} }`,
    );
  return [
    'chains:',
    ...evm(DEMO_CHAIN, [nodeSockets, nodes]),
    ...tokens(demoTokens),
    `    wallets: [${text(DEMO_WALLET)}]`,
    ...evm(SIDE_CHAIN, [nodes + paths.side, nodes + paths.secondSide]),
    ...tokens(sideTokens),
    '    pollSeconds: 1',
    `  - id: ${text(DEMO_BITCOIN)}`,
    '    kind: bitcoin',
    `    esplora: [${text(nodes + paths.bitcoin)}]`,
    '    confirmations: 2',
    '    pollSeconds: 2',
    '    dropAfterMinutes: 2',
  ];
}
