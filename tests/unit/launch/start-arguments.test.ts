import { describe, expect, it } from 'vitest';
import { parseStartArguments, usage } from '../../../launch/start-arguments.ts';

describe("npm start's command line", () => {
  it('needs nothing', () => {
    expect(parseStartArguments([])).toEqual({
      value: { browser: false, open: true, port: null, data: null, gateway: null, name: null, scenario: null },
    });
  });

  it('plays one scenario of the demo', () => {
    expect(parseStartArguments(['--scenario', 'nonce-gap'])).toMatchObject({ value: { scenario: 'nonce-gap' } });
  });

  it('takes every option its help names', () => {
    const args = ['--browser', '--no-open', '--port', '0', '--data', 'd', '--gateway', 'https://g.example'];
    expect(parseStartArguments([...args, '--pair', 'C', '--name', 'Front'])).toEqual({
      value: {
        browser: true,
        open: false,
        port: 0,
        data: 'd',
        gateway: { url: 'https://g.example', code: 'C' },
        name: 'Front',
        scenario: null,
      },
    });
    const named = [...usage.matchAll(/^ {2}(--[a-z-]+)/gm)].map((match) => match[1]);
    expect(named).toEqual([
      '--gateway',
      '--pair',
      '--name',
      '--scenario',
      '--browser',
      '--no-open',
      '--port',
      '--data',
      '--help',
    ]);
  });

  it('connects to a known gateway without a code', () => {
    expect(parseStartArguments(['--gateway', 'http://127.0.0.1:8377'])).toMatchObject({
      value: { gateway: { url: 'http://127.0.0.1:8377', code: null } },
    });
  });

  it.each([
    [['--brwoser'], '--brwoser'],
    [['--scenario', 'late', '--gateway', 'https://g.example'], 'leave it out together with --gateway'],
    [['serve'], 'serve'],
    [['--port', 'x'], '--port takes a number'],
    [['--port', '65536'], '--port takes a number'],
    [['--port'], '--port'],
    [['--data', ''], '--data takes a folder'],
    [['--gateway', 'gateway.example'], '--gateway takes an address'],
    [['--gateway', 'file:///etc'], '--gateway takes an address'],
    [['--pair', 'C'], '--pair CODE needs --gateway'],
  ])('says what is wrong with %j', (argv, message) => {
    expect(parseStartArguments(argv)).toEqual({ fault: expect.stringContaining(message) as string });
  });

  it('helps', () => {
    expect(parseStartArguments(['-h'])).toEqual({ help: true });
  });
});
