import dns from 'node:dns';
import { connect, isIP } from 'node:net';
import { codeOf } from '../connection/failure.ts';
import { blocked, found } from './found.ts';
import type { Checked } from './found.ts';
import { NO_ANSWER, judgeName, judgeReach } from './judge-reach.ts';
import type { Tried } from './judge-reach.ts';
import { patience } from './patient.ts';
import type { Instruments, Target } from './patient.ts';
import { LATE, within } from './within.ts';

const ADDRESSES_SHOWN = 4;

/** Looks the gateway's name up as connecting does, for IPv4 and IPv6. @returns the first address of each */
export async function probeName({ host }: Target, instruments: Instruments): Promise<Checked<readonly string[]>> {
  if (isIP(host) !== 0) return { found: found('name-address', { host }), value: [host] };
  const looked = await within(instruments, () => lookUp(host));
  if (looked === LATE) return blocked(judgeName(host, NO_ANSWER));
  if (!Array.isArray(looked)) return blocked(judgeName(host, looked.code));
  const firsts = [looked.find((each) => isIP(each) === 4), looked.find((each) => isIP(each) === 6)];
  const addresses = looked.slice(0, ADDRESSES_SHOWN).join(', ');
  return { found: found('name-found', { host, addresses }), value: firsts.filter((each) => each !== undefined) };
}

function lookUp(host: string): Promise<string[] | { code: string }> {
  return new Promise((resolve) => {
    dns.lookup(host, { all: true }, (error, addresses) => {
      if (error) resolve({ code: error.code ?? 'UNKNOWN' });
      else resolve(addresses.map(({ address }) => address));
    });
  });
}

/** Connects to each address and hangs up. @returns an address that answered */
export async function probeReach(
  { port }: Target,
  addresses: readonly string[],
  instruments: Instruments,
): Promise<Checked<string>> {
  const tries = await Promise.all(addresses.map((address) => knock(address, port, instruments)));
  const value = tries.find(({ code }) => code === null)?.address ?? null;
  return { found: judgeReach(tries, port, patience(instruments)), value };
}

async function knock(address: string, port: number, instruments: Instruments): Promise<Tried> {
  const code = await within(
    instruments,
    (signal) =>
      new Promise<string | null>((resolve) => {
        const socket = connect({ host: address, port, signal });
        socket.on('connect', () => {
          socket.destroy();
          resolve(null);
        });
        socket.on('error', (error) => resolve(codeOf(error) ?? 'UNKNOWN'));
      }),
  );
  return { address, code: code === LATE ? NO_ANSWER : code };
}
