import type { Random } from '../../../../demo/clock/random.ts';
import { portalAnswer, proxyAnswer } from '../../fault-proxy/http-answers.ts';
import type { ForeignAnswer } from '../../fault-proxy/http-answers.ts';
import { REACHABLE } from '../stage.ts';
import type { Stage } from '../stage.ts';
import type { Drawn, Fault, Lift } from '../fault.ts';

const scopes = { everything: '/', REST: '/v1/', sockets: '/socket.io/' } as const;

/** Somebody answers in the gateway's place, and the connections there were are ended so that it is met. */
function answering(random: Random, answer: ForeignAnswer): Drawn {
  const scope = random.pick(['everything', 'everything', 'REST', 'sockets'] as const);
  const retry = answer.headers['retry-after'];
  return {
    detail: `${answer.status}${retry === undefined ? '' : `, Retry-After ${retry}`}, ${scope}`,
    begin: ({ interposer: { meddling }, proxy }) => {
      meddling.answer = (path) => (path.startsWith(scopes[scope]) ? answer : null);
      proxy.reset();
      return () => void (meddling.answer = () => null);
    },
  };
}

function retryAfter(random: Random): number | null {
  return random.pick([null, 0, 1]);
}

/** Uses up every ticket before its owner can. @returns ends it */
function useTickets(stage: Stage, times: number): Lift {
  const { meddling } = stage.interposer;
  let left = times;
  meddling.answered = async (path, status, body) => {
    const { url } = stage.gateway;
    if (path !== '/v1/tickets' || status !== 200 || left === 0 || url === null) return;
    left -= 1;
    const { ticket } = JSON.parse(body) as { ticket: string };
    const use = (): Promise<Response> =>
      fetch(`${url}/v1/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ticket }),
      });
    const statuses = [(await use()).status, (await use()).status];
    stage.history.add({ type: 'replayed', statuses });
  };
  stage.proxy.reset();
  return () => void (meddling.answered = null);
}

/** A network that speaks HTTP in the gateway's place, and names that lead nowhere. */
export const httpFaults: readonly Fault[] = [
  {
    number: 10,
    title: 'Upgrade stripped',
    needs: ['http'],
    draw: (random) => {
      const upgrade = random.pick(['strip', 'refuse', 'hang'] as const);
      return {
        detail: upgrade,
        begin: ({ interposer: { meddling }, proxy }) => {
          meddling.upgrade = upgrade;
          proxy.reset();
          return () => void (meddling.upgrade = 'pass');
        },
      };
    },
  },
  {
    number: 11,
    title: '502/503/504',
    needs: ['http'],
    draw: (random) => answering(random, proxyAnswer(random.pick([502, 503, 504]), retryAfter(random))),
  },
  {
    number: 12,
    title: '429',
    needs: ['http'],
    draw: (random) => answering(random, proxyAnswer(429, retryAfter(random))),
  },
  {
    number: 13,
    title: '401/403 by somebody else',
    needs: ['http'],
    draw: (random) => answering(random, proxyAnswer(random.pick([401, 403, 407]))),
  },
  {
    number: 14,
    title: 'ticket expires on its way',
    needs: ['http', 'gateway-clock'],
    draw: () => ({
      detail: '31 s between the ticket and its use',
      begin: ({ interposer: { meddling }, proxy, gateway }) => {
        meddling.answered = async (path, status) => {
          if (path !== '/v1/tickets' || status !== 200) return;
          meddling.answered = null;
          gateway.setClock(31_000);
        };
        proxy.reset();
        return () => void (meddling.answered = null);
      },
    }),
  },
  {
    number: 15,
    title: 'ticket replayed',
    needs: ['http'],
    draw: (random) => {
      const times = random.between(1, 3);
      return { detail: `${times} stolen, each used twice`, begin: (stage) => useTickets(stage, times) };
    },
  },
  {
    number: 35,
    title: 'DNS failure',
    needs: ['name'],
    draw: (random) => {
      const fails = random.pick(['ENOTFOUND', 'EAI_AGAIN']);
      return {
        detail: fails,
        begin: (stage) => {
          stage.name({ fails });
          stage.proxy.reset();
          return () => stage.name(REACHABLE);
        },
      };
    },
  },
  {
    number: 36,
    title: 'IPv6 only, or broken IPv6',
    needs: ['name'],
    draw: (random) => {
      const only = random.chance(0.5);
      return { detail: only ? 'IPv6 only' : 'IPv6 named first, and broken', begin: (stage) => ipv6(stage, only) };
    },
  },
  { number: 37, title: 'captive portal', needs: ['http'], draw: (random) => answering(random, portalAnswer()) },
];

async function ipv6(stage: Stage, only: boolean): Promise<Lift> {
  const leave = only ? await stage.proxy.alsoOn('::1') : null;
  stage.name(leave ? ['::1'] : ['::1', '127.0.0.1']);
  stage.proxy.reset();
  return () => {
    stage.name(REACHABLE);
    leave?.();
  };
}
