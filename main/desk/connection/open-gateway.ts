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
  /**
   * Gives up what was asked, and lets go of the network once the socket has taken its leave: cut off in the middle of an
   * upgrade it would stay at the gateway, and count there, until its heartbeat is missed.
   * @param left when the socket has; there is none without it
   */
  close(left?: Promise<void>): void;
}

export async function openGateway(
  pairing: Pairing,
  network: NetworkPort,
  time: TimePort,
  timing: Timing,
): Promise<OpenedGateway> {
  const agent = await networkAgent(network, pairing.gateway);
  const http = new HttpClient(pairing.gateway, agent, time);
  const close = (left = Promise.resolve()): void => {
    http.close();
    let late = false;
    const cancel = time.after(timing.leaveMost, () => {
      late = true;
      agent.destroy();
    });
    const letGo = (): void => {
      cancel();
      agent.destroy();
    };
    // A farewell that goes out only now, because the network was taken from under the socket, is waited for no more.
    void left.then(() => (late ? undefined : finished(agent))).then(letGo);
  };
  return { agent, api: new GatewayApi(http, pairing, timing), close };
}

/** Resolves once nothing is under way any more: a farewell by polling is a request of its own. */
async function finished(agent: Agent): Promise<void> {
  const sockets = Object.values(agent.sockets).flatMap((each) => each ?? []);
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve) => {
          if (socket.destroyed) resolve();
          else socket.once('close', () => resolve());
        }),
    ),
  );
}
