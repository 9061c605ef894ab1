/** How lines fail: each concerns every order that hangs on it, and comes back by itself. */
import { SIDE_CHAIN } from '../chains/networks.ts';
import type { Door } from '../stage/outages.ts';
import type { Sale } from '../stage/sales.ts';
import type { Stage } from '../stage/stage.ts';
import type { Scenario } from './scenario.ts';

/** Long enough to be noticed by every poll, and to be told. */
const OUTAGE_MS = 40_000;

/** The webhook of the order itself, doubled and overtaken, has come by then. */
const TOLD_MS = 8_000;

async function outage(stage: Stage, door: Door, sell: () => Promise<Sale>): Promise<void> {
  const sale = await sell();
  await stage.wait(TOLD_MS);
  stage.outages.begin(door);
  stage.say(sale.reference, `waits while the ${door} answers nobody`);
  try {
    await stage.wait(OUTAGE_MS);
  } finally {
    stage.outages.end(door);
  }
  stage.say(sale.reference, `→ the ${door} answers again`);
}

/** The gateway takes a head that stands still for a fault after two minutes, and tells it a little later. */
const STILL_MS = 190_000;
/** For so long two nodes contradict each other; deeper than blocks differ by chance. */
const STRAY_MS = 75_000;
const STRAY_DEPTH = 8;

async function nodeBehind(stage: Stage): Promise<void> {
  const { nodes } = stage.side;
  const sale = await stage.sellDirect({ symbol: 'USDC', chain: SIDE_CHAIN, expiresInSeconds: 900 });
  for (const node of nodes) node.freeze();
  try {
    await stage.wait(STILL_MS / 2);
    const { hash } = stage.pay(sale);
    stage.say(sale.reference, `paid in ${hash.slice(0, 10)}…, and the nodes show no new block`);
    await stage.wait(STILL_MS / 2);
  } finally {
    for (const node of nodes) node.mend();
  }
  stage.say(sale.reference, '→ the nodes have caught up');
}

async function nodesDisagree(stage: Stage): Promise<void> {
  const [, second] = stage.side.nodes;
  const sale = await stage.sellDirect({ symbol: 'USDC', chain: SIDE_CHAIN, expiresInSeconds: 900 });
  second.stray(STRAY_DEPTH, stage.now());
  try {
    await stage.wait(3_000);
    stage.pay(sale);
    stage.say(sale.reference, 'paid, and one of two nodes holds other blocks');
    await stage.wait(STRAY_MS);
  } finally {
    second.mend();
  }
  stage.say(sale.reference, '→ the nodes agree again');
}

export const lineScenarios = {
  'processor-down': (stage: Stage) =>
    outage(stage, 'processor', async () => stage.openPayment({ symbol: 'CRO', timeWindow: 120 })),
  'node-down': (stage: Stage) =>
    outage(stage, 'chain', () => stage.sellDirect({ symbol: 'ETH', expiresInSeconds: 120 })),
  'node-behind': nodeBehind,
  'nodes-disagree': nodesDisagree,
} as const satisfies Readonly<Record<string, Scenario>>;
