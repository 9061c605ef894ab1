import { isLoopback } from '../../../contract/loopback.ts';
import { DeskError } from '../desk.ts';

/**
 * Reads what a person typed or a link carried as a gateway's address [CN12].
 * @returns the URL without a trailing slash; https is assumed where no scheme is given, http on this machine
 * @throws DeskError `bad-address` when it is none, `insecure-address` when it is neither https nor loopback
 */
export function gatewayAddress(text: string): string {
  const url = parsed(text.trim());
  if (!url || url.hostname === '') {
    throw new DeskError(
      'bad-address',
      'This is not an address of a gateway. It looks like https://gateway.example.com.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new DeskError('bad-address', 'A gateway’s address carries no user name and no password.');
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    throw new DeskError(
      'insecure-address',
      'A gateway is reached by https:// only; http:// works on this machine alone.',
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function parsed(text: string): URL | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return URL.parse(text);
  const url = text === '' ? null : URL.parse(`https://${text}`);
  return url && isLoopback(url.hostname) ? URL.parse(`http://${text}`) : url;
}
