import { DeskError } from '../desk/desk.ts';

const example = 'It looks like proxy.example.com:3128.';

/**
 * Reads what a person typed, or what an environment holds, as the address of a proxy.
 * @returns `http://host:port` or `https://host:port`, the port always named
 * @throws DeskError `bad-proxy`, with what is wrong and what to do
 */
export function proxyAddress(text: string): string {
  const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/i.exec(text.trim()) ?? [];
  if (/^socks/i.test(scheme)) {
    throw bad('Tillwatch cannot go through a SOCKS proxy. Ask who runs your network for its HTTP proxy.');
  }
  if (!/^https?$/i.test(scheme)) throw bad(`A proxy is reached by http or https, not by "${scheme.slice(0, 20)}".`);
  const url = rest === '' || /[^\x21-\x7e]/.test(rest) ? null : URL.parse(`${scheme}://${rest}`);
  if (!url) throw bad(`This is not the address of a proxy. ${example}`);
  if (url.username !== '' || url.password !== '') {
    throw bad('A proxy that asks for a name and a password cannot be used: the password would lie in a plain file.');
  }
  if (/\.(?:pac|dat)$/i.test(url.pathname)) {
    throw bad('This is a script that finds a proxy. Set it in the system, and let Tillwatch do as the system has it.');
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    throw bad(`A proxy's address ends with its port. ${example}`);
  }
  const host = url.hostname.toLowerCase();
  if (!/^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\])$/.test(host)) {
    throw bad(`This is not the name of a proxy. ${example}`);
  }
  // The port that belongs to a scheme leaves no trace in a parsed address.
  const port = /:(\d+)\/?$/.exec(rest)?.[1];
  if (port === undefined || Number(port) === 0) throw bad(`The port of the proxy is missing. ${example}`);
  return `${url.protocol}//${host}:${Number(port)}`;
}

function bad(message: string): DeskError {
  return new DeskError('bad-proxy', message);
}
