import { Agent } from 'node:https';
import { afterEach, describe, expect, it } from 'vitest';
import { networkAgent } from '../../../../../main/desk/connection/network-agent.ts';
import type { NetworkPort } from '../../../../../main/desk/desk.ts';
import { createAuthority } from '../../../../support/tls/certificates.ts';

const [one, other] = [createAuthority('One').cert, createAuthority('Other').cert];
const agents: Agent[] = [];

afterEach(() => {
  for (const agent of agents.splice(0)) agent.destroy();
});

/** What an agent for a gateway elsewhere trusts. */
async function trustedBy(network: NetworkPort): Promise<unknown> {
  const agent = await networkAgent(network, 'https://gateway.example');
  if (!(agent instanceof Agent)) throw new Error('an agent without TLS');
  agents.push(agent);
  return agent.options.secureContext;
}

describe('[CN12] further authorities', () => {
  it('are read once for all connections, and anew when they are others', async () => {
    let certificates = [one];
    const network: NetworkPort = { resolveProxy: async () => null, certificates: () => [...certificates] };
    const first = await trustedBy(network);
    expect(first).toBeDefined();
    expect(await trustedBy(network)).toBe(first);
    certificates = [other];
    const second = await trustedBy(network);
    expect(second).not.toBe(first);
    certificates = [other, one];
    expect(await trustedBy(network)).not.toBe(second);
    certificates = [];
    expect(await trustedBy(network)).toBeUndefined();
  });

  it('are not shared between networks', async () => {
    const network = (): NetworkPort => ({ resolveProxy: async () => null, certificates: () => [one] });
    expect(await trustedBy(network())).not.toBe(await trustedBy(network()));
  });
});
