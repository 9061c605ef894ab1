import { BlockList, isIP } from 'node:net';

/** Finds a client's address behind the proxies that the configuration trusts; others' words are not believed. */
export type ClientAddress = (remote: string | undefined, forwardedFor: string | string[] | undefined) => string;

/** @param proxies addresses or CIDR ranges */
export function clientAddress(proxies: false | readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const proxy of proxies || []) {
    const [address = '', bits] = proxy.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (isIP(address) === 0) continue;
    if (bits === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(bits), family);
  }
  const isTrusted = (address: string) =>
    isIP(address) !== 0 && trusted.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return (remote, forwardedFor) => {
    let address = plain(remote ?? '');
    const hops = [forwardedFor ?? []]
      .flat()
      .join(',')
      .split(',')
      .map((hop) => plain(hop.trim()));
    while (isTrusted(address)) {
      const before = hops.pop();
      if (before === undefined || isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

/** An IPv4 address as such, also where the socket speaks IPv6. */
function plain(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}
