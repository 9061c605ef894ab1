import { describe, expect, it } from 'vitest';
import { introductionIn } from '../../../demo/introduction.ts';
import { readOptions, UsageError } from '../../../demo/options.ts';

const secrets = {
  TILLWATCH_DEMO_KEY: 'twk_1',
  TILLWATCH_DEMO_WEBHOOK_SECRET: 'whsec_1',
  TILLWATCH_DEMO_API_KEY: 'sk_1',
};

describe('the command line', () => {
  it('takes a gateway and the secrets of the environment, and has defaults for the rest', () => {
    const options = readOptions(['--gateway', 'http://127.0.0.1:8377/'], secrets, 'drawn');
    expect(options).toMatchObject({
      gateway: 'http://127.0.0.1:8377',
      store: 'main',
      rate: 10,
      seed: 'drawn',
      scenario: null,
      once: null,
      portProcessor: 8391,
      portChain: 8392,
      blockMs: 4000,
      secrets: { shopKey: 'twk_1', webhookSecret: 'whsec_1', apiKey: 'sk_1' },
    });
  });

  it('asks a launcher for nothing beforehand', () => {
    const options = readOptions(['--launched', '--port-processor', '0', '--port-chain', '0'], {}, 's');
    expect(options).toMatchObject({ launched: true, gateway: null, portProcessor: 0, portChain: 0 });
  });

  const wrong: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>, RegExp])[] = [
    ['no gateway', [], secrets, /--gateway/],
    ['no secrets', ['--gateway', 'http://h'], {}, /TILLWATCH_DEMO_KEY.*WEBHOOK_SECRET.*API_KEY/],
    ['no address', ['--gateway', 'localhost'], secrets, /not an address/],
    ['another scheme', ['--gateway', 'ftp://h'], secrets, /http:\/\/ or https/],
    ['an unknown flag', ['--gatewya', 'http://h'], secrets, /gatewya/],
    ['a stray word', ['now'], secrets, /now/],
    ['an unknown scenario', ['--gateway', 'http://h', '--scenario', 'moon'], secrets, /one of native/],
    ['a rate that is no number', ['--gateway', 'http://h', '--rate', 'many'], secrets, /--rate/],
    ['an empty rate', ['--gateway', 'http://h', '--rate', ''], secrets, /--rate/],
    ['a flow that never flows', ['--gateway', 'http://h', '--once', '1', '--rate', '0'], secrets, /--rate 0/],
    ['half an order', ['--gateway', 'http://h', '--once', '1.5'], secrets, /whole number/],
    ['a port beyond the last', ['--gateway', 'http://h', '--port-chain', '65536'], secrets, /65535/],
  ];
  it.each(wrong)('refuses %s and says why', (_, argv, environment, message) => {
    const read = () => readOptions(argv, environment, 's');
    expect(read).toThrow(UsageError);
    expect(read).toThrow(message);
  });
});

describe("a launcher's line", () => {
  it('says where the gateway is and gives the key', () => {
    const line = '{"gateway":"http://127.0.0.1:1/","key":"twk_9"}';
    expect(introductionIn(line)).toEqual({ url: 'http://127.0.0.1:1', key: 'twk_9' });
  });

  it.each(['', 'hello', '{}', '{"gateway":"x","key":"k"}', '{"gateway":"http://h","key":""}', 'null'])(
    'is null when it is %j',
    (line) => expect(introductionIn(line)).toBeNull(),
  );
});
