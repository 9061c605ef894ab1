import { describe, expect, it } from 'vitest';
import { parseHostArguments } from '../../../../main/browser/host-arguments.ts';

const parse = (...argv: string[]) => parseHostArguments(argv, 'Desk on till-1');

describe("the browser host's command line", () => {
  it('needs a profile, and takes the rest by default', () => {
    expect(parse('--data', 'profile')).toEqual({
      value: {
        data: 'profile',
        port: 0,
        name: 'Desk on till-1',
        open: true,
        pairing: null,
        demo: false,
        demoReplaces: null,
      },
    });
  });

  it('takes a gateway with its code', () => {
    const args = ['--data', 'd', '--gateway', 'https://g.example', '--pair', 'C', '--name', 'Front', '--no-open'];
    expect(parse(...args)).toMatchObject({
      value: { pairing: { gateway: 'https://g.example', code: 'C' }, name: 'Front', open: false },
    });
  });

  it('takes a gateway without a code, which a profile that is paired already does not need', () => {
    expect(parse('--data', 'd', '--gateway', 'https://g.example')).toMatchObject({
      value: { pairing: { gateway: 'https://g.example', code: null } },
    });
  });

  it.each([
    [[], 'Give --data DIR'],
    [['--data', 'd', '--port', '70000'], '--port takes a number'],
    [['--data', 'd', '--port', '1e3'], '--port takes a number'],
    [['--data', 'd', '--pair', 'C'], '--pair CODE needs --gateway URL'],
    [['--data', 'd', '--colour'], '--colour'],
    [['--data', 'd', 'extra'], 'extra'],
  ])('says what is wrong with %j', (argv, message) => {
    expect(parse(...argv)).toEqual({ fault: expect.stringContaining(message) as string });
  });

  it('helps', () => {
    expect(parse('--help')).toEqual({ help: true });
  });
});
