/** The gateway's configuration for the demo: its processor as a source, its chain as a chain. */

/** CAIP-2 id of the pretend chain: the number development chains use, so that nobody takes it for a real network. */
export const DEMO_CHAIN_ID = 31_337;
export const DEMO_CHAIN = `eip155:${DEMO_CHAIN_ID}`;

/** The tokens that live on the pretend chain. */
export const demoTokens = [
  { symbol: 'USDC', decimals: 6, address: '0x5f3b5dfeb7b28cdbd7faba78963ee202a494e2a2' },
  { symbol: 'USDT', decimals: 6, address: '0x7d1afa7b718fb893db30a3abc0cfc608aacfebb0' },
] as const;

/** A contract that calls itself as a real token does; nobody configured it. */
export const FAKE_TOKEN = { symbol: 'USDC', address: '0xbadc0ffee0ddf00d5ca1ab1eba5eba11deadbeef' } as const;

/** The shop's own wallet: no order asks for money there, and customers send some all the same. */
export const DEMO_WALLET = '0x3c9d1f0b6a7e4825d1c0b9a8f7e6d5c4b3a29180';

export const confirmationsRequired = 6;

export interface GatewayConfigParts {
  readonly store: string;
  readonly source: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly processorUrl: string;
  readonly chainUrl: string;
  readonly chainSocketUrl: string;
}

/**
 * A complete gateway.yaml. Its secrets are names of environment variables: TILLWATCH_DEMO_WEBHOOK_SECRET and
 * TILLWATCH_DEMO_API_KEY.
 */
export function gatewayConfig(parts: GatewayConfigParts): string {
  const text = JSON.stringify;
  const tokens = demoTokens.map(
    ({ symbol, decimals, address }) =>
      `      - { symbol: ${symbol}, address: ${text(address)}, decimals: ${decimals} }`,
  );
  return [
    'stores:',
    `  - id: ${text(parts.store)}`,
    '    name: Main street',
    '    currency: USD',
    `    timeZone: ${text(parts.timeZone)}`,
    '    lateGraceMinutes: 15',
    '    underpaidTolerance: 0.5%',
    '    witnessConflictMinutes: 2',
    '    release:',
    `      - { chain: ${text(DEMO_CHAIN)}, upTo: "100 USD", confirmations: 1 }`,
    `      - { chain: ${text(DEMO_CHAIN)}, confirmations: 3 }`,
    'sources:',
    `  - id: ${text(parts.source)}`,
    '    kind: crypto-com-pay',
    `    store: ${text(parts.store)}`,
    '    webhookSecrets: ["${TILLWATCH_DEMO_WEBHOOK_SECRET}"]',
    '    apiKey: "${TILLWATCH_DEMO_API_KEY}"',
    `    apiBase: ${text(parts.processorUrl)}`,
    '    pollSeconds: 5',
    'chains:',
    `  - id: ${text(DEMO_CHAIN)}`,
    '    kind: evm',
    `    rpc: [${text(parts.chainSocketUrl)}, ${text(parts.chainUrl)}]`,
    `    confirmations: ${confirmationsRequired}`,
    '    dropAfterMinutes: 2',
    '    native: { symbol: ETH, decimals: 18 }',
    '    tokens:',
    ...tokens,
    `    wallets: [${text(DEMO_WALLET)}]`,
    '',
  ].join('\n');
}
