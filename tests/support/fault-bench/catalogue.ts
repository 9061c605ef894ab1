import type { Fault } from './fault.ts';
import { commandFaults } from './faults/command-faults.ts';
import { deskFaults } from './faults/desk-faults.ts';
import { eventFaults } from './faults/event-faults.ts';
import { gatewayFaults } from './faults/gateway-faults.ts';
import { httpFaults } from './faults/http-faults.ts';
import { latePaymentFault } from './faults/late-payment-fault.ts';
import { loadFaults } from './faults/load-faults.ts';
import { nodeFault } from './faults/node-fault.ts';
import { pageFaults } from './faults/page-faults.ts';
import { reorgFault } from './faults/reorg-fault.ts';
import { secureFaults } from './faults/secure-faults.ts';
import { urgeFaults } from './faults/urge-faults.ts';
import { wayFaults } from './faults/way-faults.ts';

/** Webhooks that come twice, late, out of order or never: part of every run's workload, and the whole of it when drawn. */
const disorder: Fault = {
  number: 40,
  title: 'webhook twice, late, out of order, or never',
  needs: [],
  draw: () => ({ detail: 'in half of all cases', begin: () => () => undefined }),
};

export const catalogue: readonly Fault[] = [
  ...wayFaults,
  ...httpFaults,
  ...gatewayFaults,
  ...eventFaults,
  ...loadFaults,
  ...deskFaults,
  ...pageFaults,
  ...commandFaults,
  ...secureFaults,
  ...urgeFaults,
  disorder,
  reorgFault,
  latePaymentFault,
  nodeFault,
].sort((a, b) => a.number - b.number);

/** @throws RangeError for a number that is not played here */
export function faultOf(number: number): Fault {
  const fault = catalogue.find((each) => each.number === number);
  if (!fault) throw new RangeError(`fault ${number} is not part of this bench`);
  return fault;
}
