import path from 'node:path';

/** What is read of electron-builder's context; its own type drags all of its options in. */
export interface PackContext {
  readonly appOutDir: string;
  /** `linux`, `win32` or `darwin`. */
  readonly electronPlatformName: string;
  readonly packager: {
    readonly appInfo: { readonly productFilename: string };
    /** Linux only. */
    readonly executableName?: string;
  };
}

export interface PackedApplication {
  /** What the fuses are burnt into. */
  readonly binary: string;
  readonly archive: string;
}

/** Where electron-builder has put a packed application's parts. */
export function packedApplication({ appOutDir, electronPlatformName, packager }: PackContext): PackedApplication {
  const name = packager.appInfo.productFilename;
  const inside = (...parts: string[]) => path.join(appOutDir, ...parts);
  switch (electronPlatformName) {
    case 'darwin':
      return { binary: inside(`${name}.app`), archive: inside(`${name}.app`, 'Contents', 'Resources', 'app.asar') };
    case 'win32':
      return { binary: inside(`${name}.exe`), archive: inside('resources', 'app.asar') };
    case 'linux':
      return { binary: inside(packager.executableName ?? name), archive: inside('resources', 'app.asar') };
    default:
      throw new Error(`There is no Tillwatch for ${electronPlatformName}.`);
  }
}

/** True for one half of a universal application for macOS: it is judged once it is whole. */
export function isHalf({ appOutDir, electronPlatformName }: PackContext): boolean {
  return electronPlatformName === 'darwin' && /-(x64|arm64)-temp$/.test(appOutDir);
}
