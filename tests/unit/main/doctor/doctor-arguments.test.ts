import { expect, test } from 'vitest';
import { parseDoctorArguments } from '../../../../main/doctor/doctor-arguments.ts';

test('takes a gateway as a person types it, a profile, a proxy', () => {
  expect(
    parseDoctorArguments(['--gateway', 'shop.example', '--data', 'd', '--proxy', 'http://p:3128', '--json']),
  ).toEqual({
    value: { gateway: 'https://shop.example', data: 'd', proxy: 'http://p:3128', json: true },
  });
  expect(parseDoctorArguments(['--data', 'd'])).toEqual({
    value: { gateway: null, data: 'd', proxy: null, json: false },
  });
  expect(parseDoctorArguments(['-h'])).toEqual({ help: true });
});

test.each([
  [[], /Which gateway/],
  [['--data', ''], /Which gateway/],
  [['--gateway', 'https://g', '--data', ''], /--data takes a folder/],
  [['--gateway', 'http://shop.example'], /https:\/\/ only/],
  [['--gateway', 'https://me:pw@shop.example'], /no user name/],
  [['--gateway', ''], /not an address/],
  [['--gateway', 'https://g', '--proxy', 'socks5://p:1'], /--proxy takes/],
  [['--gateway', 'https://g', '--proxy', 'p:3128'], /--proxy takes/],
  [['--gateway', 'https://g', 'more'], /more/],
  [['--what'], /--what/],
])('refuses %j', (argv, message) => {
  expect(parseDoctorArguments(argv)).toEqual({ fault: expect.stringMatching(message) });
});
