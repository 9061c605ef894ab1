/**
 * True for names and addresses of this very machine, where alone plain http will do between a desk and its gateway [CN12].
 * @param hostname as a URL has it: an IPv6 address may stand in brackets
 */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
