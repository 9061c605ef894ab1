import { pairRequestSchema } from '../../../contract/protocol.ts';
import { gatewayAddress } from '../connection/gateway-address.ts';
import { pairDesk } from '../connection/gateway-api.ts';
import { HttpClient } from '../connection/http-client.ts';
import { networkAgent } from '../connection/network-agent.ts';
import { DeskError } from '../desk.ts';
import type { NetworkPort, TimePort } from '../desk.ts';
import { deskErrorOf } from '../requests/desk-error-of.ts';
import type { Timing } from '../timing.ts';
import { newDeviceKey } from './device-key.ts';
import type { Pairing } from './pairing.ts';

/**
 * Exchanges a code for an identity with a key made for it [AU1]. Nothing is saved yet.
 * @throws DeskError saying what to do
 */
export async function pairWithGateway(
  input: { readonly gateway: string; readonly code: string; readonly name: string },
  port: { readonly network: NetworkPort; readonly time: TimePort; readonly timing: Timing },
): Promise<Pairing> {
  const gateway = gatewayAddress(input.gateway);
  const key = newDeviceKey();
  const request = pairRequestSchema.safeParse({ code: input.code.trim(), name: input.name, publicKey: key.publicKey });
  if (!request.success) throw new DeskError('bad-code', 'The pairing code or the name cannot be used.');
  const agent = await networkAgent(port.network, gateway);
  try {
    const paired = await pairDesk(new HttpClient(gateway, agent, port.time), port.timing, request.data);
    if (!paired.ok) throw deskErrorOf(paired.failure);
    const { deskId, role, stores } = paired.value;
    return { version: 1, gateway, deskId, name: request.data.name, role, stores, privateKey: key.privateKey };
  } finally {
    agent.destroy();
  }
}
