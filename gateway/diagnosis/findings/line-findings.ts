/** Findings about the lines an order hangs on: the nodes of its chains, its processor. */
import { DIRECT_SOURCE, isOpen } from '../../../contract/order.ts';
import type { Order } from '../../../contract/order.ts';
import { counts } from '../../../contract/settlement.ts';
import type { ChainStanding } from '../../observations.ts';
import { asHeld, heldFinding } from '../view.ts';
import type { Found, View } from '../view.ts';

export function lineFindings(view: View): Found[] {
  const found = [
    ...processorDown(view),
    ...(isWaiting(view.order) ? chainsOf(view.order).flatMap((chain) => nodes(view, chain)) : []),
  ];
  // Notes change with every try; what was told stands as long as the trouble does.
  const steady = found.map((each) => {
    const held = heldFinding(view, each.code);
    return held && held.facts?.['line'] === each.facts?.['line'] ? asHeld(held, each.code) : each;
  });
  return [...notWatched(view), ...steady.filter(({ code }, n) => steady.findIndex((each) => each.code === code) === n)];
}

/** Money is under way, or still expected. */
function isWaiting(order: Order): boolean {
  return isOpen(order) || hasUnsettled(order);
}

function hasUnsettled({ payments, releasedAt }: Order, chain?: string): boolean {
  if (releasedAt !== undefined) return false;
  return payments.some(
    (payment) => counts(payment) && payment.state !== 'settled' && (chain === undefined || payment.chain === chain),
  );
}

/** Chains whose nodes have to see the order's money: a processor sees what comes to it without them. */
function chainsOf({ source, pay, payments }: Order): string[] {
  const places = source === DIRECT_SOURCE ? [...pay, ...payments] : payments;
  return [...new Set(places.flatMap(({ chain }) => chain ?? []))];
}

function nodes(view: View, chain: string): Found[] {
  const standing = view.observed.chain(chain);
  const line = view.observed.source(chain);
  const all = standing?.nodes ?? [];
  if (line?.state === 'down' || (all.length > 0 && all.every(({ state }) => state === 'down'))) {
    return [
      {
        code: 'node-down',
        evidence: [`no node of ${chain} answers`, ...told(standing, line?.note)].slice(0, 20),
        nextStep: 'Payments there are not seen until a node answers again: have the nodes of the chain looked at.',
        facts: { line: chain },
      },
    ];
  }
  return [...disagreeing(view, chain, standing), ...behind(chain, standing, line?.state === 'late')];
}

function behind(chain: string, standing: ChainStanding | undefined, isLate: boolean): Found[] {
  const all = standing?.nodes ?? [];
  const lags = all.some(({ state }) => state === 'behind') && !all.some(({ state }) => state === 'ok');
  if (!lags && !isLate) return [];
  return [
    {
      code: 'node-behind',
      evidence: [`what is known of ${chain} is behind the chain`, ...notes(standing)].slice(0, 20),
      nextStep: 'Newer payments and confirmations may be missing here: wait, or have the nodes of the chain looked at.',
      facts: { line: chain },
    },
  ];
}

function disagreeing({ order }: View, chain: string, standing: ChainStanding | undefined): Found[] {
  const contradicted = standing?.nodes.some(({ state }) => state === 'disagrees') ?? false;
  if (!contradicted || !hasUnsettled(order, chain)) return [];
  return [
    {
      code: 'nodes-disagree',
      evidence: [`the nodes of ${chain} hold different blocks`, ...notes(standing)].slice(0, 20),
      nextStep: 'Hand nothing over until they agree: one of them is on a branch of its own, or lies.',
      facts: { line: chain },
    },
  ];
}

/** What the nodes say; what the line says is the same in one, and told where no node says anything. */
function told(standing: ChainStanding | undefined, note: string | undefined): string[] {
  const said = notes(standing);
  return said.length > 0 || note === undefined ? said : [note];
}

function notes(standing: ChainStanding | undefined): string[] {
  return (standing?.nodes ?? []).flatMap(({ name, state, note }) => {
    if (state === 'ok') return [];
    return [note === undefined ? `${name}: ${state}` : `${name} ${withoutHost(name, note)}`];
  });
}

/** Some notes name the endpoint themselves, though not which of two on the same host it is: `node.example (2)`. */
function withoutHost(name: string, note: string): string {
  const host = name.replace(/ \(\d+\)$/, '');
  return note.startsWith(`${host} `) ? note.slice(host.length + 1) : note;
}

function processorDown({ order, observed }: View): Found[] {
  const line = order.source === DIRECT_SOURCE ? undefined : observed.source(order.source);
  if (line?.state !== 'down' || !isWaiting(order)) return [];
  return [
    {
      code: 'processor-down',
      evidence: [`${order.source} can't be asked: ${line.note ?? 'its last answer was no success'}`],
      nextStep: 'What it knows of this order may be newer than what is shown: look at the processor’s own page.',
      facts: { line: order.source },
    },
  ];
}

/** A processor sees its own payments; the shop's own orders are seen by our chains alone. */
function notWatched({ order, policy }: View): Found[] {
  if (order.source !== DIRECT_SOURCE) return [];
  const blind = order.pay.flatMap(({ chain }) => (chain === null || policy.watchedChains.has(chain) ? [] : [chain]));
  const [first] = blind;
  if (first === undefined) return [];
  return [
    {
      code: 'chain-not-watched',
      evidence: [...new Set(blind)].map((chain) => `the gateway does not watch ${chain}`),
      nextStep: 'Payments there will not be seen: check the address by hand, and configure the chain at the gateway.',
      facts: { chain: first },
    },
  ];
}
