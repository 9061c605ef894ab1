import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { licensesFile } from '../../../packaging/third-party.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const part = z.looseObject({ icon: z.string() });
const settings = z
  .looseObject({
    appId: z.string(),
    extraMetadata: z.looseObject({}),
    win: part,
    nsis: z.looseObject({}),
    mac: part.extend({ entitlements: z.string(), entitlementsInherit: z.string() }),
    linux: part.extend({ executableName: z.string() }),
    appImage: z.looseObject({}),
    toolsets: z.looseObject({}),
  })
  .parse(parse(read('electron-builder.yml')));

describe('how installers are made', () => {
  it('starts no AppImage without the sandbox by itself', () => {
    expect(settings.appImage).toMatchObject({ executableArgs: [] });
    // The tools before these start every AppImage with --no-sandbox unless told otherwise.
    expect(settings.toolsets).toMatchObject({ appimage: expect.stringMatching(/^1\.0\.[2-9]/) });
  });

  it('asks on Windows for whom, keeps the data, and checks who signed an update', () => {
    expect(settings.nsis).toMatchObject({ oneClick: false, perMachine: false, deleteAppDataOnUninstall: false });
    expect(settings.win).toMatchObject({ verifyUpdateCodeSignature: true });
  });

  it('has on macOS the hardened runtime, notarisation, and no entitlement but one', () => {
    expect(settings.mac).toMatchObject({ hardenedRuntime: true, notarize: true });
    for (const file of [settings.mac.entitlements, settings.mac.entitlementsInherit]) {
      const plist = read(file);
      expect([...plist.matchAll(/<key>(.+)<\/key>/g)].map((found) => found[1])).toEqual([
        'com.apple.security.cs.allow-jit',
      ]);
    }
  });

  it('calls the application by the name by which Windows shows its notifications', () => {
    expect(read('main/index.ts')).toContain(`setAppUserModelId('${settings.appId}')`);
    expect(settings.extraMetadata).toMatchObject({
      desktopName: `${settings.linux.executableName}.desktop`,
    });
  });

  it('draws every icon and writes every file that it names before it packs', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')) as unknown);
    expect(scripts['package']).toBe(
      'npm run build && npm run icons && npm run licenses && electron-builder --publish never',
    );
    const icons = [settings.win, settings.mac, settings.linux].map(({ icon }) => icon);
    expect(icons).toEqual(['dist/icons/icon.ico', 'dist/icons/icon.icns', 'dist/icons/linux']);
    expect(settings.extraResources).toEqual([{ from: `dist/licenses/${licensesFile}`, to: licensesFile }]);
  });
});
