import { describe, expect, test } from 'vitest';
import type { DoctorReport } from '../../../../contract/doctor.ts';
import type { DeskState } from '../../../../contract/ipc.ts';
import { fileRequests } from '../../../../contract/saved-file.ts';
import { usualSettings } from '../../../../contract/settings.ts';
import { diagnosticsBundle } from '../../../../main/profile/diagnostics-bundle.ts';
import type { DiagnosticFacts } from '../../../../main/profile/diagnostics-bundle.ts';
import { diagnosticsText } from '../../../../main/profile/diagnostics-text.ts';
import { keepRecentLog } from '../../../../main/profile/recent-log.ts';
import { newDeviceKey } from '../../../../main/desk/pairing/device-key.ts';
import { deskState } from '../../../support/browser-host/desk-state.ts';

const { privateKey, publicKey } = newDeviceKey();

/** What must not be found, whichever way it got there. */
const secrets = {
  privateKey,
  publicKey,
  ticket: 'tk_Zq3f9Xb7LmN2pR5sT8vW1yA4cD6eG0hJ',
  session: 'eyJhbGciOiJFZERTQSJ9-4f9Xb7LmN2pR5sT8vW1yA4cD6e',
  shopKey: 'twk_live_9f3a',
  pairingCode: 'K7QX-M2PD-9RTV',
  password: 'hunter2',
  proxyUser: 'proxy-person',
  email: 'ada.lovelace@example.com',
  customer: 'Ada Lovelace',
  note: 'called her at home',
  deskName: 'Ines’ telephone',
  filterName: 'Wilhelmina',
  home: 'ines-ferreira',
  txHash: `0x${'5f2c'.repeat(16)}`,
};
const everything = Object.values(secrets).join(' ');

const state: DeskState = deskState({
  connection: { state: 'waiting', retryAt: 5, attempt: 2, reason: 'unreachable', detail: `Bearer ${secrets.session}` },
  gateway: { url: `https://u:${secrets.password}@pay.example.com/base?ticket=${secrets.ticket}`, version: '1.0.0' },
  desk: { id: 'desk_1', name: secrets.deskName, role: 'staff' },
  journal: { state: 'set-aside', detail: `/home/${secrets.home}/x: ${secrets.shopKey}` },
  withdrawn: [{ id: 'second', name: secrets.customer }],
  commands: [
    {
      ...{ id: '0b0c2f52-7a53-4a51-8f6b-0d2b3d3f5a11', store: 'main', order: 'a', name: 'note', givenAt: 1 },
      ...{ state: 'failed', error: { code: 'forbidden', message: secrets.note } },
    },
  ],
});

const doctor: DoctorReport = {
  gateway: `https://pay.example.com/?code=${secrets.pairingCode}`,
  startedAt: 1,
  running: null,
  steps: [
    {
      step: 'ticket',
      finding: 'ticket-given',
      result: 'ok',
      params: { said: everything.slice(0, 60), host: secrets.email },
      ms: 1,
    },
  ],
};

function loggedEverything(): DiagnosticFacts['log'] {
  const kept = keepRecentLog(
    () => undefined,
    () => 1_700_000_000_000,
  );
  kept.log('warn', `ticket ${secrets.ticket} of ${secrets.email}, code: ${secrets.pairingCode}`, {
    ...{ token: secrets.session, privateKey, deep: { password: secrets.password, list: [secrets.shopKey] } },
    link: `tillwatch://pair?gateway=https://x&code=${secrets.pairingCode}`,
    error: `Error: no\n at /home/${secrets.home}/app/main.js:1 http://${secrets.proxyUser}:${secrets.password}@proxy:3128 ${secrets.txHash} ${publicKey}`,
  });
  return kept.lines();
}

const facts: DiagnosticFacts = {
  info: { version: '1.2.3', host: 'browser', platform: 'linux', demo: 'unavailable' },
  versions: { node: '24.0.0' },
  state,
  segments: [{ from: 1, to: 2, state: 'live', transport: 'websocket' }],
  quarantine: [
    {
      epoch: 'e',
      seq: 4,
      id: secrets.ticket,
      order: secrets.customer,
      kind: 'note.added',
      reason: 'data text',
      receivedAt: 5,
    },
  ],
  doctor,
  settings: {
    ...usualSettings,
    savedFilters: [{ name: secrets.filterName, status: 'all', source: null, store: null, text: secrets.email }],
  },
  proxy: {
    settings: { mode: 'manual', url: `http://${secrets.proxyUser}:${secrets.password}@proxy:3128` },
    ...{ editable: true, inUse: `http://${secrets.proxyUser}:${secrets.password}@proxy:3128` },
  },
  gateways: [
    {
      ...{ id: '1', url: 'https://pay.example.com', host: 'pay.example.com', shown: true, shownUntil: null },
      desk: { id: 'desk_1', name: secrets.deskName, role: 'staff' },
      stores: [{ id: 'main', name: secrets.customer }],
    },
  ],
  log: loggedEverything(),
  now: 1_700_000_000_000,
  home: `/home/${secrets.home}`,
};

test.each([
  ['words', 'a'],
  ['parts', 'a.'],
  ['addresses', 'http://a'],
])('a text of a million %s is read in one go', (_, part) => {
  const text = part.repeat(1_000_000);
  expect(diagnosticsText(`${text} ada@example.com`, null)).toBe(`${text} [hidden]`);
});

describe('[AU4] a diagnostics bundle', () => {
  const file = diagnosticsBundle(facts);
  const text = file.parts.join('');

  test.each(Object.entries(secrets))('with secrets planted everywhere holds no %s', (_name, secret) => {
    expect(text).not.toContain(secret);
  });

  test('still tells what helps', () => {
    expect(JSON.parse(text)).toMatchObject({
      application: { version: '1.2.3', node: '24.0.0' },
      desk: { connection: { state: 'waiting', reason: 'unreachable' }, gateway: { origin: 'https://pay.example.com' } },
      connection: facts.segments,
      quarantine: [{ seq: 4, kind: 'note.added', reason: 'data text' }],
      doctor: { steps: [{ step: 'ticket', finding: 'ticket-given' }] },
      settings: { appearance: 'system', savedFilters: 1 },
      proxy: { mode: 'manual', used: true },
      log: [{ level: 'warn', at: '2023-11-14T22:13:20.000Z' }],
    });
    expect(text).toContain('~/app/main.js');
  });

  test('is a file that can be saved', () => {
    expect(fileRequests['diagnostics.bundle'].output.parse(file)).toEqual(file);
    expect(file.suggestedName).toBe('tillwatch-diagnostics-2023-11-14T22-13-20.json');
  });

  test('comes also of a desk of which nothing is known', () => {
    const bare = { ...facts, state: null, doctor: null, proxy: null, gateways: [], log: [], home: null };
    expect(JSON.parse(diagnosticsBundle(bare).parts.join(''))).toMatchObject({ desk: null, doctor: null, proxy: null });
  });
});

test.each([
  ['an event id', 'seq 4 of 2f6b7c1e-8d0e-4d52-9f44-0c2f5b2f9a11'],
  ['a path of the program', 'at main/desk/connection/socket-io-transport.ts:120'],
  ['words', 'the certificate-of-the-gateway-is-not-trusted here'],
  ['an address without more', 'reached https://pay.example.com:8377/base'],
])('%s stays readable', (_what, text) => {
  expect(diagnosticsText(text, '/home/someone')).toBe(text);
});

test('of a long log the newest lines are kept', () => {
  const kept = keepRecentLog(
    () => undefined,
    () => 1,
  );
  for (let n = 0; n < 2_000; n += 1) kept.log('info', `line ${n}`);
  expect(kept.lines()).toHaveLength(400);
  expect(kept.lines().at(-1)).toEqual({ at: 1, level: 'info', message: 'line 1999' });
});
