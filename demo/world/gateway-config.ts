/** The gateway's configuration for the demo: its processors as sources, its chains as chains. */
import {
  confirmationsRequired,
  DEMO_BITCOIN,
  DEMO_CHAIN,
  DEMO_WALLET,
  demoTokens,
  SIDE_CHAIN,
  sideTokens,
} from '../chains/networks.ts';

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
