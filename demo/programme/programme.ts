/** What is played when: a lively opening in which every kind of thing is seen, then a calm flow. */
import type { Random } from '../clock/random.ts';
import { bitcoinScenarios } from '../scenarios/bitcoin.ts';
import { btcpayScenarios } from '../scenarios/btcpay.ts';
import { coinbaseScenarios } from '../scenarios/coinbase.ts';
import { cryptoComPayScenarios } from '../scenarios/crypto-com-pay.ts';
import { directScenarios } from '../scenarios/direct.ts';
import { lineScenarios } from '../scenarios/lines.ts';
import type { ScenarioName } from '../scenarios/names.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { troubleScenarios } from '../scenarios/troubles.ts';

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  ...directScenarios,
  ...cryptoComPayScenarios,
  ...troubleScenarios,
  ...lineScenarios,
  ...bitcoinScenarios,
  ...btcpayScenarios,
  ...coinbaseScenarios,
};

/** Milliseconds after the opening at which each begins; all have shown what they are within ten minutes. */
export const opening: readonly (readonly [afterMs: number, scenario: ScenarioName])[] = [
  [0, 'late'],
  [200, 'native'],
  [600, 'token'],
  [1_000, 'underpaid'],
  [1_800, 'processor'],
  [2_600, 'btcpay'],
  [3_500, 'stuck'],
  [4_500, 'processor-on-chain'],
  [6_000, 'coinbase'],
  [8_000, 'refunded'],
  [10_000, 'reverted'],
  [13_000, 'bitcoin'],
  [17_000, 'native'],
  [20_500, 'expired'],
  [21_000, 'overpaid'],
  [21_500, 'processor-underpaid'],
  [22_000, 'reorged'],
  [23_500, 'webhook-missing'],
  [25_000, 'not-broadcast'],
  [26_000, 'not-paid-here'],
  [27_000, 'processor-late'],
  [29_500, 'dropped'],
  [31_000, 'wrong-chain'],
  [32_000, 'double'],
  [34_000, 'sped-up'],
  [36_000, 'provisional'],
  [37_000, 'replaced'],
  [38_500, 'nonce-gap'],
  [40_000, 'fake-token'],
  [42_000, 'processor-cancelled'],
  [44_000, 'bitcoin-replaced'],
  [45_000, 'not-watched'],
  [47_000, 'big-number'],
  [48_500, 'witness-conflict'],
  [50_000, 'reorg-after-release'],
  [52_000, 'wrong-asset'],
  [54_000, 'btcpay-underpaid'],
  [57_000, 'processor-expired'],
  [59_500, 'in-parts'],
  [62_000, 'test-mode'],
  [64_000, 'btcpay-lightning'],
  [67_000, 'processor-overpaid'],
  [70_000, 'coinbase-refunded'],
  [72_000, 'partly-refunded'],
  [74_000, 'unmatched'],
];

/** Played once beside the flow: a line that is down concerns every order. */
export const interludes: readonly (readonly [afterMs: number, scenario: ScenarioName])[] = [
  [90_000, 'node-behind'],
  [130_000, 'processor-down'],
  [240_000, 'node-down'],
  [330_000, 'nodes-disagree'],
];

/** How often each comes in the calm flow, in parts of the whole. */
const weights: Readonly<Record<ScenarioName, number>> = {
  native: 18,
  token: 20,
  processor: 16,
  'processor-on-chain': 8,
  expired: 3,
  'processor-expired': 3,
  underpaid: 2,
  'processor-underpaid': 1,
  overpaid: 2,
  'processor-overpaid': 1,
  late: 2,
  'processor-late': 1,
  refunded: 2,
  'partly-refunded': 1,
  double: 1,
  reverted: 1,
  stuck: 1,
  replaced: 1,
  reorged: 1,
  'in-parts': 1,
  'sped-up': 1,
  'nonce-gap': 1,
  dropped: 1,
  'fake-token': 1,
  'reorg-after-release': 1,
  'not-broadcast': 1,
  'not-paid-here': 1,
  'witness-conflict': 1,
  'webhook-missing': 1,
  'not-watched': 1,
  'processor-down': 0,
  'node-down': 0,
  'node-behind': 0,
  'nodes-disagree': 0,
  'wrong-asset': 1,
  unmatched: 1,
  'processor-cancelled': 1,
  'test-mode': 1,
  'big-number': 1,
  'wrong-chain': 1,
  provisional: 1,
  bitcoin: 8,
  'bitcoin-replaced': 1,
  btcpay: 8,
  'btcpay-underpaid': 1,
  'btcpay-lightning': 3,
  coinbase: 6,
  'coinbase-refunded': 1,
};

export function nextScenario(random: Random): ScenarioName {
  const names = Object.keys(weights) as ScenarioName[];
  const whole = names.reduce((sum, name) => sum + weights[name], 0);
  let left = random.next() * whole;
  for (const name of names) {
    left -= weights[name];
    if (left < 0) return name;
  }
  return 'native';
}

/** Pause before the next order of the calm flow: as customers come, at `rate` a minute on average, never a crowd. */
export function pauseMs(rate: number, random: Random): number {
  return (60_000 / rate) * (0.5 + random.next());
}
