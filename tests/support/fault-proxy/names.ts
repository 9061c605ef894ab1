/** Names of this machine that a test resolves as it likes; everybody else's names go the ordinary way. */
import dns from 'node:dns';
import type { LookupAddress } from 'node:dns';

/** Addresses in the order a resolver gives them, or the code of the failure. */
export type Resolution = readonly string[] | { readonly fails: string };

type Lookup = typeof dns.lookup;
type Answer = (error: NodeJS.ErrnoException | null, address?: string | LookupAddress[], family?: number) => void;

const names = new Map<string, Resolution>();
let original: Lookup | null = null;

/**
 * Answers look-ups of `name`, which ends in `.localhost`. Node's sockets ask `dns.lookup` at each connect.
 * @returns changes the answer; null gives the name back
 */
export function resolveName(name: string, resolution: Resolution): (next: Resolution | null) => void {
  install();
  names.set(name, resolution);
  return (next) => {
    if (next) names.set(name, next);
    else names.delete(name);
    if (names.size === 0) uninstall();
  };
}

function install(): void {
  if (original) return;
  const ordinary = (original = dns.lookup);
  const lookup = (name: string, options: unknown, callback?: Answer): void => {
    const resolution = names.get(name);
    const answer = (typeof options === 'function' ? options : callback) as Answer;
    if (resolution) {
      setImmediate(() => reply(name, resolution, options, answer));
      return;
    }
    (ordinary as (...given: unknown[]) => void)(name, options, ...(callback ? [callback] : []));
  };
  dns.lookup = lookup as Lookup;
}

function uninstall(): void {
  if (original) dns.lookup = original;
  original = null;
}

function reply(name: string, resolution: Resolution, options: unknown, answer: Answer): void {
  if ('fails' in resolution) {
    const { fails } = resolution;
    answer(Object.assign(new Error(`getaddrinfo ${fails} ${name}`), { code: fails, syscall: 'getaddrinfo' }));
    return;
  }
  const all = resolution.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const { all: wanted } = (typeof options === 'object' ? (options ?? {}) : {}) as { all?: boolean };
  if (wanted) answer(null, all);
  else answer(null, all[0]?.address ?? '', all[0]?.family ?? 4);
}
