import { describe, expect, it, vi } from 'vitest';
import type { ProxySettings } from '../../../../contract/proxy.ts';
import { proxyAddress } from '../../../../main/profile/proxy-address.ts';
import { proxyView } from '../../../../main/profile/proxy-port.ts';

describe('[CN12] the address of a proxy', () => {
  it.each([
    ['proxy.example.com:3128', 'http://proxy.example.com:3128'],
    ['  HTTP://Proxy.Example.com:3128/ ', 'http://proxy.example.com:3128'],
    ['https://secure.example:443', 'https://secure.example:443'],
    ['http://proxy.example:80', 'http://proxy.example:80'],
    ['10.0.0.7:8080', 'http://10.0.0.7:8080'],
    ['[fd00::7]:8080', 'http://[fd00::7]:8080'],
    ['squid:3128', 'http://squid:3128'],
    ['our_proxy:3128', 'http://our_proxy:3128'],
  ])('%s is %s', (text, address) => {
    expect(proxyAddress(text)).toBe(address);
  });

  it.each([
    ['', /not the address of a proxy/],
    ['   ', /not the address of a proxy/],
    ['proxy.example.com', /port of the proxy is missing/],
    ['http://proxy.example.com', /port of the proxy is missing/],
    ['proxy.example.com:0', /port of the proxy is missing/],
    ['proxy.example.com:70000', /not the address of a proxy/],
    ['socks5://proxy.example.com:1080', /SOCKS/],
    ['SOCKS://proxy.example.com:1080', /SOCKS/],
    ['ftp://proxy.example.com:21', /by http or https, not by "ftp"/],
    ['file:///etc/passwd', /by http or https/],
    ['http://user:secret@proxy.example.com:3128', /name and a password/],
    ['http://proxy.example.com:3128/proxy.pac', /script that finds a proxy/],
    ['http://wpad/wpad.dat', /script that finds a proxy/],
    ['http://proxy.example.com:3128/path', /ends with its port/],
    ['http://proxy.example.com:3128?x=1', /ends with its port/],
    ['a:1;direct://', /not the address of a proxy/],
    ['a:1,b:2', /not the address of a proxy/],
    ['http=a:1', /not the name of a proxy/],
    ['<local>:1', /not the address of a proxy/],
    ['proxy.example.com:3128\nhttp=evil:1', /not the address of a proxy/],
    ['прокси.example:3128', /not the address of a proxy/],
    ['x'.repeat(5_000), /port of the proxy is missing/],
  ])('%j is refused, with what is wrong', (text, reason) => {
    expect(() => proxyAddress(text)).toThrow(reason);
    expect(() => proxyAddress(text)).toThrow(expect.objectContaining({ code: 'bad-proxy' }));
  });

  it('tells nobody a password that was refused', () => {
    expect(() => proxyAddress('http://user:s3cret@proxy.example.com:3128')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('s3cret') }),
    );
  });
});

describe('[CN12] the way to the gateway, as it is shown', () => {
  const settings: ProxySettings = { mode: 'system' };
  const port = (proxy: string | null) => ({
    ...{ editable: true, read: () => settings, write: vi.fn() },
    resolveProxy: vi.fn(async () => proxy),
  });

  it.each([
    [null, 'http://proxy.example:1', null],
    ['http://127.0.0.1:8377', 'http://proxy.example:1', null],
    ['https://localhost', 'http://proxy.example:1', null],
    ['https://gateway.example', null, null],
    ['https://gateway.example', 'http://proxy.example:1', 'http://proxy.example:1'],
    ['https://gateway.example', 'http://user:s3cret@proxy.example:1', 'http://proxy.example:1'],
  ])('to %s with %s is %s', async (gateway, proxy, inUse) => {
    expect(await proxyView(port(proxy), gateway)).toEqual({ settings, editable: true, inUse });
  });
});
