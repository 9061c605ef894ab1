import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../../../gateway/cli/command-line.ts';
import { VERSION } from '../../../../gateway/version.ts';
import { isSecret } from '../../../../gateway/auth/secrets.ts';

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tillwatch-cli-'));
  data = join(folder, 'data');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Run {
  code: number;
  out: string[];
  err: string[];
  json: Record<string, unknown>;
}

async function run(...args: string[]): Promise<Run> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(args, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    environment: {},
    stopped: () => Promise.resolve(),
  });
  const json = args.includes('--json') && code === 0 ? (JSON.parse(out.join('\n')) as Record<string, unknown>) : {};
  return { code, out, err, json };
}

describe('wrong arguments end with 2 and say what to do', () => {
  test.each([
    [[], 'Usage'],
    [['dance'], 'no command "dance"'],
    [['serve'], '--data is missing'],
    [['serve', '--data', 'x', '--port', '99999'], '--port must be'],
    [['serve', '--data', 'x', '--colour', 'red'], 'there is no option --colour; there are --data, --json, --port'],
    [['serve', '--data'], '--data takes a value'],
    [['serve', '--data', 'x', '--host', ''], '--host is missing'],
    [['serve', '--data', 'x', '--port', '-1'], '--port=VALUE'],
    [['serve', '--data', 'x', '--json=yes'], '--json takes no value'],
    [['serve', '--data', 'x', '--data', 'y'], '--data is given twice'],
    [['version', 'please'], '"please" is not understood here'],
    [['help', 'dance'], 'no command "dance"'],
    [['dance', '--help'], 'no command "dance"'],
    [['pair', '--data', 'x', '--role', 'staff'], '--store is missing'],
    [['pair', '--data', 'x', '--store', 'main', '--role', 'king'], 'staff, support, admin'],
    [
      ['pair', '--data', 'x', '--store', 'main', '--role', 'staff', '--gateway', 'http://till.example'],
      '--gateway takes an https URL',
    ],
    [['key', '--data', 'x', 'create', '--store', 'main', '--name', 'n'], '--scope is missing'],
    [['key', '--data', 'x', 'create', '--store', 'main', '--scope', 'all', '--name', 'n'], 'orders:write'],
    [['pair', '--data', 'x', '--store', 'main', '--role', 'staff', '--name', ' '], '--name takes 1 to 128 characters'],
    [
      ['key', '--data', 'x', 'create', '--store', 'main', '--scope', 'operator', '--name', 'n'.repeat(129)],
      '--name takes 1 to 128 characters',
    ],
    [['key', '--data', 'x', 'revoke'], 'the id of the key is missing'],
    [['desks', '--data', '/nowhere/at/all'], 'holds no gateway'],
    [['backup', '--data', 'x'], '--out is missing'],
    [['restore', '--data', 'x'], '--from is missing'],
    [['check'], '--config is missing'],
    [['check', '--config', '/nowhere.yaml'], '/nowhere.yaml:1: there is no such file'],
  ])('%j', async (args, message) => {
    const { code, err, out } = await run(...args);
    expect([code, out]).toEqual([2, []]);
    expect(err.join('\n')).toContain(message);
  });
});

test.each(['serve', 'pair', 'key', 'desks', 'erase', 'backup', 'restore', 'check', 'verify-case', 'version'])(
  '%s says how it is written, however it is asked',
  async (command) => {
    const asked = await run('help', command);
    expect(asked).toMatchObject({ code: 0, err: [] });
    expect(asked.out.join()).toContain(`Usage: npm run gateway -- ${command}`);
    expect(await run(command, '--help')).toEqual(asked);
    expect(await run(command, '-h')).toEqual(asked);
    expect((await run('help')).out.join()).toContain(`\n  ${command}`);
  },
);

test('all commands are shown to whoever asks for help', async () => {
  const all = await run('help');
  expect(all.code).toBe(0);
  expect(await run('--help')).toEqual(all);
  expect(await run('-h')).toEqual(all);
});

describe('what cannot be done says what, where and what to do', () => {
  test.runIf(existsSync('/proc/self'))('data where the system lets nothing be made', async () => {
    // Node's own recursive mkdir never comes back from here.
    const told = await run('serve', '--data', '/proc/tillwatch/data', '--port', '0');
    expect([told.code, told.err]).toEqual([
      1,
      ["serve: /proc/tillwatch/data can't hold the gateway's data: no folder can be made there; check --data"],
    ]);
  });

  test('a file that is no database where the data should be', async () => {
    const alien = join(folder, 'alien');
    await mkdir(alien);
    await writeFile(join(alien, 'tillwatch.db'), 'not a database, and long enough to be read as one'.repeat(100));
    for (const args of [['serve', '--port', '0'], ['key'], ['backup', '--out', join(folder, 'alien.db')]]) {
      const [name = '', ...rest] = args;
      const { code, err } = await run(name, '--data', alien, ...rest);
      expect([code, err]).toEqual([1, [`${name}: ${alien}: it is no database of a gateway`]]);
    }
    expect(existsSync(join(folder, 'alien.db'))).toBe(false);
  });

  test('a lock that cannot be taken is not told as another gateway that serves', async () => {
    const locked = join(folder, 'lock');
    await mkdir(locked);
    await writeFile(join(locked, 'serve.lock'), 'not a lock, and long enough to be read as one'.repeat(100));
    const { code, err } = await run('serve', '--data', locked, '--port', '0');
    expect([code, err]).toEqual([1, [`serve: ${locked}: it is no database of a gateway`]]);
  });

  test('what another application keeps is left as it is', async () => {
    const other = join(folder, 'other');
    await mkdir(other);
    const database = new DatabaseSync(join(other, 'tillwatch.db'));
    database.exec('create table theirs (a)');
    database.close();
    const before = await readFile(join(other, 'tillwatch.db'));
    const backup = await run('backup', '--data', other, '--out', join(folder, 'other.db'));
    expect([backup.code, backup.err.join()]).toEqual([1, expect.stringContaining("is not a gateway's")]);
    for (const args of [['serve', '--port', '0'], ['pair', '--store', 'main', '--role', 'staff'], ['key']]) {
      const [name = '', ...rest] = args;
      const { code, err } = await run(name, '--data', other, ...rest);
      expect([code, err.join()]).toEqual([1, expect.stringContaining("is another application's database")]);
    }
    expect(await readFile(join(other, 'tillwatch.db'))).toEqual(before);
  });

  test('a backup onto what is no file leaves that as it is', async () => {
    const kept = join(folder, 'kept-from-devices');
    await run('pair', '--data', kept, '--store', 'main', '--role', 'staff');
    const link = join(folder, 'a-link');
    await symlink(join(folder, 'led-to.db'), link);
    const { code, err } = await run('backup', '--data', kept, '--out', link);
    expect([code, err[0]]).toEqual([2, `backup: --out ${link} is not a file; name one that is, or a new one`]);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
  });

  test('a restore from what is no file, or no backup, makes no data', async () => {
    const target = join(folder, 'still-empty');
    for (const [from, words] of [
      [folder, 'it is not a file'],
      [join(folder, 'words.db'), 'file is not a database'],
    ] as const) {
      if (from !== folder) await writeFile(from, 'some words'.repeat(100));
      const { code, err } = await run('restore', '--data', target, '--from', from);
      expect([code, err.join()]).toEqual([1, expect.stringContaining(words)]);
      expect(await readdir(target)).toEqual([]);
    }
  });

  test('a configuration that is a folder', async () => {
    expect(await run('check', '--config', folder)).toMatchObject({
      code: 2,
      err: [`${folder}:1: can't be read: it is a folder, not a file`],
    });
  });

  test('data where no folder can be', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const pair = await run('pair', '--data', file, '--store', 'main', '--role', 'staff');
    expect([pair.code, pair.err]).toEqual([
      1,
      [`pair: ${file} can't hold the gateway's data: it is not a folder; check --data`],
    ]);
    const serve = await run('serve', '--data', join(file, 'within'), '--port', '0');
    expect([serve.code, serve.err.join()]).toEqual([1, expect.stringContaining('it is not a folder')]);
  });

  test('an address that is not of this machine', async () => {
    const { code, err } = await run('serve', '--data', join(folder, 'away'), '--port', '0', '--host', '192.0.2.1');
    expect([code, err.at(-1)]).toEqual([
      1,
      expect.stringContaining('serve: --host 192.0.2.1 is no address of this machine'),
    ]);
  });

  test('a case file that is not there', async () => {
    const file = join(folder, 'no-case.json');
    expect(await run('verify-case', file)).toMatchObject({ code: 1, err: [`verify-case: there is no file ${file}`] });
  });

  test('a backup where no file can be', async () => {
    const kept = join(folder, 'kept');
    await run('pair', '--data', kept, '--store', 'main', '--role', 'staff');
    const nowhere = await run('backup', '--data', kept, '--out', join(folder, 'none', 'b.db'));
    expect([nowhere.code, nowhere.err[0]]).toEqual([
      2,
      expect.stringContaining(`there is no folder ${join(folder, 'none')}`),
    ]);
    const onto = await run('backup', '--data', kept, '--out', folder);
    expect([onto.code, onto.err[0]]).toEqual([2, expect.stringContaining('is a folder; name a file in it')]);
  });
});

test('the version is told', async () => {
  expect(await run('--version')).toMatchObject({ code: 0, out: [`Tillwatch gateway ${VERSION}`] });
  expect((await run('version', '--json')).json).toEqual({ version: VERSION });
});

describe('with --json one object is printed, and nothing else', () => {
  test('[AU1] pair', async () => {
    // A gateway that has served before is paired with where it served.
    const fresh = join(folder, 'fresh');
    const before = Date.now();
    const { code, out, json } = await run('pair', '--data', fresh, '--store', 'main', '--role', 'staff', '--json');
    expect([code, out.length, Object.keys(json)]).toEqual([0, 1, ['code', 'expiresAt', 'link']]);
    expect(Number(json['expiresAt']) - before).toBeGreaterThanOrEqual(600_000);
    const gateway = encodeURIComponent('http://127.0.0.1:8377');
    expect(json['link']).toBe(`tillwatch://pair?gateway=${gateway}&code=${String(json['code'])}`);
    const unknown = await run('pair', '--data', data, '--store', 'none', '--role', 'staff');
    expect([unknown.code, unknown.err.join()]).toEqual([2, expect.stringContaining('the stores here are main')]);
  });

  test('key create, list, revoke', async () => {
    const made = await run(
      'key',
      '--data',
      data,
      'create',
      '--store',
      'main',
      '--scope',
      'orders:write',
      '--scope',
      'orders:read',
      '--name',
      'Shop',
      '--json',
    );
    expect(Object.keys(made.json)).toEqual(['id', 'key']);
    expect(isSecret('twk', String(made.json['key']))).toBe(true);
    const listed = await run('key', '--data', data, '--json');
    expect(listed.json['items']).toEqual([
      {
        id: made.json['id'],
        name: 'Shop',
        store: 'main',
        scopes: ['orders:write', 'orders:read'],
        createdAt: expect.any(Number),
        revokedAt: null,
      },
    ]);
    expect(listed.out.join()).not.toContain(String(made.json['key']).slice(4));
    expect((await run('key', '--data', data, 'revoke', String(made.json['id']), '--json')).code).toBe(0);
    const after = (await run('key', '--data', data, 'list', '--json')).json['items'] as { revokedAt: number }[];
    expect(after[0]?.revokedAt).toBeGreaterThan(0);
    expect((await run('key', '--data', data, 'revoke', 'key_none')).code).toBe(1);
  });

  test('a name cannot steer the terminal that lists it', async () => {
    const named = join(folder, 'named');
    const create = ['create', '--store', 'main', '--scope', 'operator', '--name', 'a\u001b[2J\tb\n\u202ec'];
    expect((await run('key', '--data', named, ...create)).code).toBe(0);
    const [line, ...more] = (await run('key', '--data', named, 'list')).out;
    expect([line?.split('\t').slice(1), more]).toEqual([
      ['main', 'operator', String.raw`a\u001b[2J\u0009b\u000a\u202ec`, 'active'],
      [],
    ]);
  });

  test('desks', async () => {
    expect((await run('desks', '--data', data, '--json')).json).toEqual({ items: [] });
    const { code, err } = await run('desks', '--data', data, 'revoke', 'desk_none');
    expect([code, err.join()]).toEqual([1, expect.stringContaining('there is no desk desk_none')]);
  });

  test('backup and restore, the file readable by its owner only', async () => {
    const data = join(folder, 'backed-up');
    await run('key', '--data', data, 'create', '--store', 'main', '--scope', 'operator', '--name', 'Kept');
    const keys = (await run('key', '--data', data, '--json')).json['items'];
    const file = join(folder, 'backup.db');
    expect(await run('backup', '--data', data, '--out', file, '--json')).toMatchObject({ code: 0, json: { file } });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await run('backup', '--data', data, '--out', file)).code).toBe(0);
    const restored = await run('restore', '--data', join(folder, 'elsewhere'), '--from', file, '--json');
    expect(restored.json['stores']).toEqual([{ id: 'main', epoch: expect.any(String) }]);
    const again = await run('restore', '--data', join(folder, 'elsewhere'), '--from', file, '--json');
    expect(again.json['stores']).not.toEqual(restored.json['stores']);
    expect((await run('key', '--data', join(folder, 'elsewhere'), '--json')).json['items']).toEqual(keys);
    for (const name of ['tillwatch.db', 'tillwatch.db-wal']) {
      expect(await run('backup', '--data', data, '--out', join(data, name))).toMatchObject({ code: 2, out: [] });
      expect(await run('restore', '--data', data, '--from', join(data, '..', 'backed-up', name))).toMatchObject({
        code: 2,
      });
    }
    const { code, err } = await run('restore', '--data', data, '--from', join(folder, 'none'));
    expect([code, err.join()]).toEqual([1, expect.stringContaining('there is no file')]);
  });

  test('what a killed backup or restore left is gone with the next; what a living one has is not', async () => {
    const place = join(folder, 'left');
    await mkdir(place);
    await run('pair', '--data', join(place, 'data'), '--store', 'main', '--role', 'staff');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const part = (pid: number) => join(place, `b.db.${pid}.part`);
    const copy = (pid: number) => join(place, 'data', `restore-${pid}-abcdef`);
    for (const pid of [dead, process.ppid]) {
      await writeFile(part(pid), 'customers');
      await mkdir(copy(pid));
      await writeFile(join(copy(pid), 'backup.db'), 'customers');
    }
    expect((await run('backup', '--data', join(place, 'data'), '--out', join(place, 'b.db'))).code).toBe(0);
    expect([existsSync(part(dead)), existsSync(part(process.ppid))]).toEqual([false, true]);
    expect((await run('restore', '--data', join(place, 'data'), '--from', join(place, 'b.db'))).code).toBe(0);
    expect([existsSync(copy(dead)), existsSync(copy(process.ppid))]).toEqual([false, true]);
    await mkdir(copy(dead));
    expect((await run('serve', '--data', join(place, 'data'), '--port', '0')).code).toBe(0);
    expect(existsSync(copy(dead))).toBe(false);
  });

  test('a link made before the first serve carries publicUrl of the configuration', async () => {
    const file = join(folder, 'public.yaml');
    await writeFile(file, 'publicUrl: https://till.example\n');
    const args = ['--data', join(folder, 'unserved'), '--store', 'main', '--role', 'staff', '--json'];
    const { json } = await run('pair', ...args, '--config', file);
    expect(json['link']).toContain(encodeURIComponent('https://till.example'));
  });

  test('pair says so where desks would refuse the address in its link', async () => {
    const open = join(folder, 'open-to-all');
    expect((await run('serve', '--data', open, '--port', '0', '--host', '0.0.0.0')).code).toBe(0);
    const { out } = await run('pair', '--data', open, '--store', 'main', '--role', 'staff');
    expect(out.at(-1)).toMatch(/^Desks refuse http:\/\/0\.0\.0\.0:\d+, as it is plain http: set publicUrl/);
  });

  test('serve tells of a store that the configuration does not name', async () => {
    const kept = join(folder, 'two-configurations');
    expect((await run('serve', '--data', kept, '--port', '0')).err.join()).not.toContain('not served');
    const file = join(folder, 'web.yaml');
    await writeFile(file, 'stores: [{ id: web }]\n');
    const { err } = await run('serve', '--data', kept, '--port', '0', '--config', file);
    const told = err.map((line) => JSON.parse(line) as object).filter((line) => 'store' in line);
    expect(told).toEqual([expect.objectContaining({ level: 40, store: 'main' })]);
  });

  test('check names line and field of every fault', async () => {
    const file = join(folder, 'gateway.yaml');
    await writeFile(file, 'stores:\n  - id: a\n    currency: usd\n    colour: red\n');
    const { code, out } = await run('check', '--config', file, '--json');
    const { ok, faults } = JSON.parse(out.join('\n')) as { ok: boolean; faults: { line: number; field: string }[] };
    expect([code, ok, faults.map(({ line, field }) => [line, field])]).toEqual([
      2,
      false,
      [
        [3, 'stores.0.currency'],
        [4, 'stores.0.colour'],
      ],
    ]);
    await writeFile(file, 'stores: [{ id: a }]\n');
    expect(await run('check', '--config', file)).toMatchObject({
      code: 0,
      out: [`${file} is right: 1 store, 0 sources, 0 chains.`],
    });
  });
});

test('serve prints the one line, and ends with 0 when asked; a taken port is 1 and says so', async () => {
  const { code, out, err } = await run('serve', '--data', data, '--port', '0');
  expect([code, out]).toEqual([
    0,
    [expect.stringMatching(/^Tillwatch gateway listening on http:\/\/127\.0\.0\.1:\d+$/)],
  ]);
  for (const line of err)
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const taken = await run('serve', '--data', data, '--port', String(port));
  expect([taken.code, taken.err.join()]).toEqual([1, expect.stringContaining(`127.0.0.1:${port} is in use`)]);
  await new Promise((resolve) => server.close(resolve));
});
