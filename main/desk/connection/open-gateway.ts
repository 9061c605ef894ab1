import type { Agent } from 'node:http';
import type { NetworkPort, TimePort } from '../desk.ts';
import type { Pairing } from '../pairing/pairing.ts';
import type { Timing } from '../timing.ts';
import { GatewayApi } from './gateway-api.ts';
import { HttpClient } from './http-client.ts';
import { networkAgent } from './network-agent.ts';

/** The way to a gateway, with the proxy and the authorities of this moment. */
export interface OpenedGateway {
  readonly agent: Agent;
  readonly api: GatewayApi;
  close(): void;
}

export async function openGateway(
  pairing: Pairing,
  network: NetworkPort,
  time: TimePort,
  timing: Timing,
): Promise<OpenedGateway> {
  const agent = await networkAgent(network, pairing.gateway);
  const api = new GatewayApi(new HttpClient(pairing.gateway, agent, time), pairing, timing);
  return { agent, api, close: () => agent.destroy() };
}
