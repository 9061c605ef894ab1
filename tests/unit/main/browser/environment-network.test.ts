import { describe, expect, it, vi } from 'vitest';
import { environmentNetwork } from '../../../../main/browser/environment-network.ts';

const gateway = 'https://gateway.example.com';

describe('[CN12] the proxy of the browser host’s environment', () => {
  it.each([
    [{}, null],
    [{ HTTPS_PROXY: '' }, null],
    [{ HTTP_PROXY: 'http://plain.example:1' }, null],
    [{ HTTPS_PROXY: 'http://proxy.example:3128' }, 'http://proxy.example:3128'],
    [{ https_proxy: 'proxy.example:3128' }, 'http://proxy.example:3128'],
    [{ HTTPS_PROXY: 'http://user:s3cret@proxy.example:3128' }, 'http://user:s3cret@proxy.example:3128'],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'gateway.example.com' }, null],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', no_proxy: 'a.example, .example.com' }, null],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: '*.example.com' }, null],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'gateway.example.com:443' }, null],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'gateway.example.com:8443' }, 'http://proxy.example:3128'],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: '*' }, null],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: 'way.example.com,.' }, 'http://proxy.example:3128'],
  ])('%j leads through %s', async (environment, proxy) => {
    expect(await environmentNetwork(environment, vi.fn()).resolveProxy(gateway)).toBe(proxy);
  });

  it('is shown without its password, and cannot be changed', async () => {
    const network = environmentNetwork({ HTTPS_PROXY: 'http://user:s3cret@proxy.example:3128' }, vi.fn());
    expect(network).toMatchObject({ editable: false });
    expect(network.read()).toEqual({ mode: 'manual', url: 'http://proxy.example:3128' });
    await expect(network.write({ mode: 'direct' })).rejects.toMatchObject({ code: 'read-only' });
    expect(environmentNetwork({}, vi.fn()).read()).toEqual({ mode: 'direct' });
  });

  it('is told, and not used, where it is none', async () => {
    const onFault = vi.fn();
    const network = environmentNetwork({ HTTPS_PROXY: 'socks5://u:s3cret@proxy.example:1080' }, onFault);
    expect(await network.resolveProxy(gateway)).toBeNull();
    expect(onFault).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(/HTTPS_PROXY is not used: .*SOCKS/));
    expect(onFault.mock.calls.join()).not.toContain('s3cret');
  });
});
