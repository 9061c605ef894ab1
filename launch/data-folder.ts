import path from 'node:path';

export interface SystemFacts {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Where this user's data lives: APPDATA on Windows, Library/Application Support on macOS, else XDG_DATA_HOME (which
 * counts only when absolute, as the XDG Base Directory Specification says) or ~/.local/share.
 */
export function defaultDataFolder({ platform, home, env }: SystemFacts): string {
  switch (platform) {
    case 'win32':
      return path.win32.join(env['APPDATA'] ?? path.win32.join(home, 'AppData', 'Roaming'), 'Tillwatch');
    case 'darwin':
      return path.posix.join(home, 'Library', 'Application Support', 'Tillwatch');
    default: {
      const given = env['XDG_DATA_HOME'];
      const base = given && path.posix.isAbsolute(given) ? given : path.posix.join(home, '.local', 'share');
      return path.posix.join(base, 'tillwatch');
    }
  }
}
