/** The shop's till where customers pay on a chain: places orders, and writes down what is to be found of them. */
import type { Random } from '../../../../demo/clock/random.ts';
import type { FindingCode } from '../../../../contract/diagnosis.ts';
import type { Order } from '../../../../contract/order.ts';
import type { Stage } from '../stage.ts';
import { STORE } from '../webhooks.ts';
import type { BenchChain } from './bench-chain.ts';

export const AMOUNT = 1_000n;
const DAY_SECONDS = 86_400;
/** How long the gateway may take to see what the chain shows: looks, failed ones among them; real milliseconds. */
const SEEN_MOST_MS = 60_000;
const SLACK_MS = 2_500;

export interface Placed {
  readonly id: string;
  readonly address: string;
}

/** @throws Error where the stage has no chain */
export function chainOf({ chain }: Stage): BenchChain {
  if (!chain) throw new Error('this stage has no chain');
  return chain;
}

/** A shop's order, paid in the chain's own coin. @throws Error when the gateway does not take it */
export async function placeOrder(stage: Stage, random: Random, expiresInSeconds = DAY_SECONDS): Promise<Placed> {
  const chain = chainOf(stage);
  const { gateway } = stage;
  const address = chain.address(random);
  const reference = `C-${random.hex(4)}`;
  const pay = [{ chain: chain.config.id, asset: 'native', address, amount: String(AMOUNT) }];
  const answer = await fetch(`${gateway.url}/v1/stores/${STORE}/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await gateway.shopKey()}`,
      'content-type': 'application/json',
      'idempotency-key': reference,
    },
    body: JSON.stringify({ reference, price: { currency: 'USD', amount: '10.00' }, pay, expiresInSeconds }),
  });
  if (answer.status !== 201) throw new Error(`the gateway took no order: ${await answer.text()}`);
  const { id } = (await answer.json()) as Order;
  stage.history.add({ type: 'chain', order: id, stands: false });
  return { id, address };
}

/** From now on the money is as deep in the chain as the store asks for, or not any more. */
export function moneyStands({ history }: Stage, { id }: Placed, stands: boolean): void {
  history.add({ type: 'chain', order: id, stands });
}

/** Waits until the gateway holds of an order what it has to; whether it did is a fact of the run. */
export async function expectOrder(
  stage: Stage,
  { id }: Placed,
  what: string,
  holds: (order: Order) => boolean,
): Promise<void> {
  const { clock, history, model, scale } = stage;
  const met = await clock.until(
    () => {
      const order = model.order(id);
      return order !== undefined && holds(order);
    },
    SEEN_MOST_MS * scale + SLACK_MS,
  );
  history.add({ type: 'expected', order: id, what, met, instead: met ? '' : summary(model.order(id)) });
}

function summary(order: Order | undefined): string {
  if (!order) return 'it is not there';
  const { status, flags, verdict, payments, diagnosis } = order;
  const states = payments.map(({ state, confirmations }) => `${state} ${confirmations ?? '–'}`);
  return JSON.stringify({ status, flags, verdict, payments: states, findings: diagnosis.map(({ code }) => code) });
}

/** A finding with what it rests on; a case that somebody resolved meanwhile may have lost it again. */
export function isFound(order: Order, code: FindingCode): boolean {
  const found = order.diagnosis.find((each) => each.code === code);
  return found ? found.evidence.length > 0 : order.resolvedAt !== undefined;
}

export function hasFinding({ diagnosis }: Order, ...codes: readonly FindingCode[]): boolean {
  return diagnosis.some(({ code }) => (codes as readonly string[]).includes(code));
}
