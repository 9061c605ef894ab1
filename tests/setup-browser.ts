/**
 * `npm run setup`: finds the browser that the end-to-end tests drive and notes it in `.cache/browser.json`.
 * Order: CHROME_PATH, an installed Chromium or Chrome, Debian's package (root on Debian), Playwright's download.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';

interface Browser {
  readonly executablePath: string;
  readonly version: string;
  readonly source: string;
}

const root = path.resolve(import.meta.dirname, '..');
const noteFile = path.join(root, '.cache', 'browser.json');

/** The version an executable reports, or null when it is not a working browser (a stub, a broken package, no such file). */
function versionOf(executablePath: string): string | null {
  if (!existsSync(executablePath)) return null;
  // On Windows `chrome.exe --version` opens a window and prints nothing, so its presence has to be enough.
  if (process.platform === 'win32') return 'unknown version';
  const answer = spawnSync(executablePath, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return answer.status === 0 && answer.stdout.trim() !== '' ? answer.stdout.trim() : null;
}

function browserAt(executablePath: string, source: string): Browser | null {
  const version = versionOf(executablePath);
  return version === null ? null : { executablePath, version, source };
}

function onSearchPath(names: readonly string[]): string[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

/** Where Chromium and Chrome are usually installed on this system, most fitting first. */
function usualPlaces(): string[] {
  switch (process.platform) {
    case 'win32': {
      const bases = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) => process.env[name] ?? []);
      return bases.flatMap((base) => [
        path.join(base, 'Chromium', 'Application', 'chrome.exe'),
        path.join(base, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      ]);
    }
    case 'darwin': {
      const bases = ['/Applications', path.join(homedir(), 'Applications')];
      return bases.flatMap((base) => [
        path.join(base, 'Chromium.app/Contents/MacOS/Chromium'),
        path.join(base, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      ]);
    }
    default:
      return onSearchPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
  }
}

function chosenByHand(): Browser | null {
  const chosen = process.env['CHROME_PATH'];
  if (chosen === undefined || chosen === '') return null;
  const browser = browserAt(chosen, 'CHROME_PATH');
  if (browser === null) {
    console.error(`setup: CHROME_PATH names ${chosen}, which is not a working browser; looking elsewhere.`);
  }
  return browser;
}

function installed(): Browser | null {
  for (const place of usualPlaces()) {
    const browser = browserAt(place, 'installed');
    if (browser !== null) return browser;
  }
  return browserAt(chromium.executablePath(), 'Playwright download');
}

function isRootOnDebian(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function run(command: string, args: readonly string[]): boolean {
  console.log(`setup: ${command} ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio: 'inherit', env }).status === 0;
}

function fromDebian(): Browser | null {
  if (!isRootOnDebian()) return null;
  // A font is named because without recommended packages Debian's Chromium would draw no text at all.
  const packages = ['chromium', 'fonts-liberation'];
  const done =
    run('apt-get', ['update', '-q']) && run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages]);
  return done ? browserAt('/usr/bin/chromium', 'Debian package') : null;
}

function fromPlaywright(): Browser | null {
  const commandLine = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  return run(process.execPath, [commandLine, 'install', 'chromium'])
    ? browserAt(chromium.executablePath(), 'Playwright download')
    : null;
}

function main(): void {
  const browser = chosenByHand() ?? installed() ?? fromDebian() ?? fromPlaywright();
  if (browser === null) {
    console.error(
      'setup: no browser could be had. Install Chromium or Chrome, or set CHROME_PATH to one, and run "npm run setup" again.',
    );
    process.exitCode = 1;
    return;
  }
  mkdirSync(path.dirname(noteFile), { recursive: true });
  writeFileSync(noteFile, `${JSON.stringify(browser, null, 2)}\n`);
  console.log(`setup: took ${browser.version} at ${browser.executablePath} (${browser.source})`);
}

main();
