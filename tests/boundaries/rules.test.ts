import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from './sandbox.ts';

/** The rule that must fire, the file it is planted in, and what that file imports. */
const violations: readonly (readonly [rule: string, file: string, imports: string])[] = [
  ['no-node-in-portable-code', 'contract/reads-a-file.ts', 'node:fs'],
  ['no-node-in-portable-code', 'renderer/reads-a-file.ts', 'fs'],
  ['no-network-in-renderer', 'renderer/opens-a-socket.ts', 'socket.io-client'],
  ['electron-in-its-host-only', 'main/desk/knows-electron.ts', 'electron'],
  ['electron-in-its-host-only', 'main/browser.ts', 'electron'],
  ['electron-in-its-host-only', 'renderer/knows-electron.ts', 'electron'],
  ['electron-in-tests-as-types-only', 'tests/starts-electron.ts', 'electron'],
  ['desk-knows-no-host', 'main/desk/knows-electron-host.ts', '../electron/host.ts'],
  ['desk-knows-no-host', 'main/desk/knows-browser-host.ts', '../browser/host.ts'],
  ['hosts-are-strangers', 'main/browser/knows-electron-host.ts', '../electron/host.ts'],
  ['shared-rooms-know-no-host', 'main/ipc/knows-electron-host.ts', '../electron/host.ts'],
  ['shared-rooms-know-no-host', 'main/page/knows-browser-host.ts', '../browser/host.ts'],
  ['demo-clock', 'demo/clock/knows-a-chain.ts', '../chains/room.ts'],
  ['demo-http', 'demo/http/knows-the-time.ts', '../clock/room.ts'],
  ['demo-chains', 'demo/chains/knows-a-processor.ts', '../processors/room.ts'],
  ['demo-processors', 'demo/processors/knows-a-chain.ts', '../chains/room.ts'],
  ['demo-shop', 'demo/shop/knows-the-stage.ts', '../stage/room.ts'],
  ['demo-stage', 'demo/stage/knows-scenarios.ts', '../scenarios/room.ts'],
  ['demo-scenarios', 'demo/scenarios/knows-the-world.ts', '../world/room.ts'],
  ['demo-programme', 'demo/programme/knows-the-world.ts', '../world/room.ts'],
  ['demo-world', 'demo/world/knows-the-command-line.ts', '../value.ts'],
  ['demo-kinds-are-strangers', 'demo/processors/btcpay/knows-coinbase.ts', '../coinbase/kind.ts'],
  ['demo-kinds-are-strangers', 'demo/chains/bitcoin/knows-evm.ts', '../evm/kind.ts'],
  ['sql-in-stores-only', 'gateway/queries.ts', 'kysely'],
  ['sql-in-stores-only', 'gateway/opens-a-database.ts', 'node:sqlite'],
  ['sql-in-stores-only', 'main/desk/opens-a-database.ts', 'node:sqlite'],
  ['no-unresolvable', 'gateway/asks-for-nothing.ts', './no-such-file.ts'],
  ['no-unlisted-packages', 'gateway/borrows-a-package.ts', 'debug'],
];

const innocent: readonly (readonly [file: string, imports: string])[] = [
  ['main/electron/host.ts', 'electron'],
  ['main/index.ts', 'electron'],
  ['preload/bridge.ts', 'electron'],
  ['main/browser/host.ts', 'node:http'],
  ['demo/chains/room.ts', '../clock/room.ts'],
  ['demo/processors/room.ts', '../http/room.ts'],
  ['demo/stage/room.ts', '../shop/room.ts'],
  ['demo/scenarios/room.ts', '../stage/room.ts'],
  ['demo/world/room.ts', '../stage/room.ts'],
  ['demo/processors/coinbase/kind.ts', '../webhook-sender.ts'],
  ['demo/chains/evm/kind.ts', '../networks.ts'],
  ['demo/starts.ts', './world/room.ts'],
  ['gateway/store/statements.ts', 'kysely'],
  ['main/desk/journal/file.ts', 'node:sqlite'],
];

/** What others import. */
const rooms = [
  'demo/clock/room.ts',
  'demo/http/room.ts',
  'demo/shop/room.ts',
  'demo/processors/webhook-sender.ts',
  'demo/chains/networks.ts',
];

const importing = (what: string) => `import * as thing from '${what}';\n\nexport const planted = thing;\n`;

describe('the rules beside the matrix', () => {
  let sandbox: Sandbox;
  let clean: string[];
  let found: string[];

  beforeAll(() => {
    sandbox = new Sandbox();
    for (const file of rooms) sandbox.plant(file, 'export const value = 1;\n');
    for (const [file, imports] of innocent) sandbox.plant(file, importing(imports));
    sandbox.plant('tests/electron-type.ts', `import type { App } from 'electron';\n\nexport type Planted = App;\n`);
    clean = sandbox.boundaries();
    for (const [, file, imports] of violations) sandbox.plant(file, importing(imports));
    sandbox.plant('gateway/hen.ts', importing('./egg.ts'));
    sandbox.plant('gateway/egg.ts', importing('./hen.ts'));
    found = sandbox.boundaries();
  }, 60_000);

  afterAll(() => sandbox.close());

  it('leave what is in its place alone', () => {
    expect(clean).toEqual([]);
  });

  it.each(violations)('%s refuses %s importing %s', (rule, file) => {
    expect(found.filter((violation) => violation.startsWith(`${rule}: ${file} →`))).toHaveLength(1);
  });

  it('no-cycles refuses a circle of two', () => {
    // A circle is reported once, from either of its ends.
    expect(found.filter((violation) => /^no-cycles: gateway\/(hen|egg)\.ts →/.test(violation))).toHaveLength(1);
  });
});
