import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isHalf, packedApplication } from '../../../packaging/packed-application.ts';
import type { PackContext } from '../../../packaging/packed-application.ts';

const context = (electronPlatformName: string, appOutDir = 'out'): PackContext => ({
  appOutDir,
  electronPlatformName,
  packager: { appInfo: { productFilename: 'Tillwatch' }, executableName: 'tillwatch' },
});

describe('where the parts of a packed application are', () => {
  it.each([
    ['linux', 'out/tillwatch', 'out/resources/app.asar'],
    ['win32', 'out/Tillwatch.exe', 'out/resources/app.asar'],
    ['darwin', 'out/Tillwatch.app', 'out/Tillwatch.app/Contents/Resources/app.asar'],
  ])('on %s', (platform, binary, archive) => {
    expect(packedApplication(context(platform))).toEqual({
      binary: path.normalize(binary),
      archive: path.normalize(archive),
    });
  });

  it('on no other system', () => expect(() => packedApplication(context('aix'))).toThrow('aix'));

  it('leaves the halves of a universal application alone', () => {
    expect(isHalf(context('darwin', 'out/mac-universal-x64-temp'))).toBe(true);
    expect(isHalf(context('darwin', 'out/mac-universal-arm64-temp'))).toBe(true);
    expect(isHalf(context('darwin', 'out/mac-universal'))).toBe(false);
    expect(isHalf(context('linux', 'out/linux-x64-temp'))).toBe(false);
  });
});
