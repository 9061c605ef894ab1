import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { extractFile, getRawHeader } from '@electron/asar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readFuses } from '../../../packaging/fuses.ts';
import { readArchive } from '../../../packaging/read-archive.ts';
import { buildAll } from '../../support/packaging/build-all.ts';
import { PretendProject } from '../../support/packaging/pretend-project.ts';

let project: PretendProject;
beforeEach(async () => {
  project = new PretendProject();
  await project.prepare('write-licenses');
});
afterEach(() => project.close());

const burnt = {
  RunAsNode: 'off',
  EnableCookieEncryption: 'on',
  EnableNodeOptionsEnvironmentVariable: 'off',
  EnableNodeCliInspectArguments: 'off',
  EnableEmbeddedAsarIntegrityValidation: 'on',
  OnlyLoadAppFromAsar: 'on',
  LoadBrowserProcessSpecificV8Snapshot: 'off',
  GrantFileProtocolExtraPrivileges: 'off',
  WasmTrapHandlers: 'on',
};

describe('the packed application', () => {
  it('holds the build and nothing else, its fuses burnt and its place for updates known', async () => {
    const built = path.join(project.dir, 'built');
    await buildAll(built, 'real');
    project.takeBuild(path.join(built, 'dist'));
    const { code, output, dir } = await project.pack('linux');
    expect(code, output).toBe(0);
    const archive = path.join(dir, 'resources', 'app.asar');
    const { files, bytes, faults } = readArchive(archive);
    process.stdout.write(`app.asar: ${files.length} files, ${(bytes / 1_000_000).toFixed(2)} MB\n`);
    expect(faults).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        'dist/main/index.js',
        'dist/gateway/tillwatch-gateway.mjs',
        'dist/demo/index.js',
        'package.json',
      ]),
    );
    expect(files.filter((file) => /node_modules|\.tsx?$|\.map$|test|\.env|lock|\.yml$/.test(file))).toEqual([]);
    const manifest = JSON.parse(extractFile(archive, 'package.json').toString('utf8')) as object;
    expect(manifest).toMatchObject({ productName: 'Tillwatch', main: 'dist/main/index.js', type: 'module' });
    expect(await readFuses(path.join(dir, 'tillwatch'))).toEqual({ states: burnt, faults: [] });
    const licenses = readFileSync(path.join(dir, 'resources', 'THIRD-PARTY-LICENSES.txt'), 'utf8');
    for (const bundled of ['react', 'socket.io-client', 'viem', 'fastify', 'electron-updater']) {
      expect(licenses).toMatch(new RegExp(`^${bundled} \\d+\\.\\d+\\.\\d+ \\(MIT\\)$`, 'm'));
    }
    expect(licenses).not.toMatch(/^(vitest|typescript|electron-builder) /m);
    expect(parse(readFileSync(path.join(dir, 'resources', 'app-update.yml'), 'utf8'))).toMatchObject({
      ...{ provider: 'github', owner: 'example', repo: 'tillwatch', updaterCacheDirName: 'tillwatch-updater' },
    });
  });

  it('carries on macOS the hash of its archive, the links it answers, and the fuses in its framework', async () => {
    project.plantBuild();
    await project.prepare('draw-icons');
    const { code, output, dir } = await project.pack('mac');
    expect(code, output).toBe(0);
    const contents = path.join(dir, 'Tillwatch.app', 'Contents');
    const plist = readFileSync(path.join(contents, 'Info.plist'), 'utf8');
    const { headerString } = getRawHeader(path.join(contents, 'Resources', 'app.asar'));
    expect(plist).toContain(createHash('sha256').update(headerString).digest('hex'));
    expect(plist).toMatch(/CFBundleURLSchemes<\/key>\s*<array>\s*<string>tillwatch</);
    expect(plist).toContain('<string>com.tillwatch.desk</string>');
    expect((await readFuses(path.join(dir, 'Tillwatch.app'))).faults).toEqual([]);
    const icon = readFileSync(path.join(contents, 'Resources', 'icon.icns'));
    expect(icon.equals(readFileSync(path.join(project.dir, 'dist', 'icons', 'icon.icns')))).toBe(true);
    expect(readFileSync(path.join(contents, 'Resources', 'THIRD-PARTY-LICENSES.txt'), 'utf8')).toContain('\nzod 4');
  });

  it('has its fuses burnt on Windows', async () => {
    project.plantBuild();
    const { code, output, dir } = await project.pack('win');
    expect(code, output).toBe(0);
    expect(await readFuses(path.join(dir, 'Tillwatch.exe'))).toEqual({ states: burnt, faults: [] });
  });
});

describe.runIf(process.platform === 'linux')('the check of what was packed', () => {
  const check = () => project.run([path.join('packaging', 'check.ts')]);

  it('reads the archive and the fuses, starts the application and ends it', async () => {
    expect((await check()).output).toContain('run "npm run package -- --dir" first');
    project.plantBuild();
    expect(await project.pack('linux')).toMatchObject({ code: 0 });
    const { code, output } = await check();
    expect(code, output).toBe(0);
    expect(output).toContain('fuse RunAsNode: off');
    expect(output).toMatch(/started in \d+ ms/);
  });

  it('fails on a fuse that was set back, and on an application that does not start', async () => {
    project.plantBuild();
    const { dir } = await project.pack('linux');
    const binary = path.join(dir, 'tillwatch');
    const packed = readFileSync(binary);
    writeFileSync(binary, Buffer.from(packed.toString('latin1').replace('\x01\x09' + '0', '\x01\x09' + '1'), 'latin1'));
    expect(await check()).toMatchObject({ code: 1, output: expect.stringContaining('RunAsNode is on') });
    const broken = Buffer.from(packed.toString('latin1').replace(/mkdir[\s\S]*sleep 60/, 'exit 3'), 'latin1');
    writeFileSync(binary, broken);
    expect(await check()).toMatchObject({ code: 1, output: expect.stringContaining('It ended with 3.') });
  });
});

describe('packing stops', () => {
  it('at sources, tests, maps, packages and notes in the archive, and names them all', async () => {
    project.plantBuild();
    for (const file of ['main/index.ts', 'tests/some.test.ts', 'dist/main/index.js.map', 'dist/renderer/.env']) {
      project.plant(file);
    }
    project.plant('dist/gateway/tillwatch-gateway.mjs', '//# sourceMappingURL=index.js.map\n');
    project.plant(
      'packing.yml',
      'extends: electron-builder.yml\nfiles: ["**/*", "!node_modules", "!dist/electron-*"]\n',
    );
    const { code, output } = await project.pack('linux', ['--config', 'packing.yml']);
    expect(code).not.toBe(0);
    for (const file of ['main/index.ts', 'tests/some.test.ts', 'dist/renderer/.env']) {
      expect(output).toContain(`${file} does not belong into the application`);
    }
    expect(output).toContain('dist/gateway/tillwatch-gateway.mjs holds "sourceMappingURL=index.js.map');
  });

  it('without the licences of what is bundled, and where one package is not among them', async () => {
    project.plantBuild();
    const file = path.join('dist', 'licenses', 'THIRD-PARTY-LICENSES.txt');
    const whole = readFileSync(path.join(project.dir, file), 'utf8');
    project.plant(file, whole.replace(/^react \d.*$/m, ''));
    const lacking = await project.pack('linux');
    expect(lacking.code).not.toBe(0);
    expect(lacking.output).toMatch(/THIRD-PARTY-LICENSES\.txt lacks react \d/);
    project.remove(file);
    const missing = await project.pack('linux');
    expect(missing.code).not.toBe(0);
    expect(missing.output).toContain('THIRD-PARTY-LICENSES.txt is missing');
  });

  it('at a build without the gateway of the demo', async () => {
    project.plantBuild();
    project.remove('dist/gateway/tillwatch-gateway.mjs');
    const { code, output } = await project.pack('linux');
    expect(code).not.toBe(0);
    expect(output).toContain('dist/gateway/tillwatch-gateway.mjs is missing');
  });

  it('at a fuse of a new Electron that nobody has decided about, and at a binary that lacks one', async () => {
    project.plantBuild();
    const newer = await project.pack('linux', [], '1011000110');
    expect(newer.code).not.toBe(0);
    expect(newer.output).toContain('nobody has decided about fuse 9');
    const older = await project.pack('linux', [], '1011');
    expect(older.code).not.toBe(0);
    expect(older.output).toContain('OnlyLoadAppFromAsar is not in this binary');
  });

  it('at a setting that electron-builder does not know', async () => {
    project.plantBuild();
    const { code, output } = await project.pack('linux', ['-c.oneKlick=false']);
    expect(code).not.toBe(0);
    expect(output).toContain('oneKlick');
  });
});
