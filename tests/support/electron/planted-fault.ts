import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../e2e/program.ts';

/** A protection that is taken out of a copy of the sources. */
export interface PlantedFault {
  readonly title: string;
  readonly file: string;
  /** A text that stands in the file exactly once, and what takes its place. */
  readonly from: string;
  readonly to: string;
  /** The item of the security checklist that has to be found broken. */
  readonly item: number;
  /** One of the things found to be broken there, where the item alone says too little. */
  readonly why?: RegExp;
}

export const plantedFaults: readonly PlantedFault[] = [
  {
    title: 'nodeIntegration on',
    file: 'main/electron/window-options.ts',
    from: 'nodeIntegration: false',
    to: 'nodeIntegration: true',
    item: 2,
  },
  {
    title: 'contextIsolation off',
    file: 'main/electron/window-options.ts',
    from: 'contextIsolation: true',
    to: 'contextIsolation: false',
    item: 3,
    // Seen in the page itself, and not in the preferences alone.
    why: /^the page reaches into the preload script’s world$/,
  },
  {
    title: 'the window’s sandbox off',
    file: 'main/electron/window-options.ts',
    from: 'sandbox: true',
    to: 'sandbox: false',
    item: 4,
  },
  {
    title: 'the application’s sandbox off',
    file: 'main/index.ts',
    from: 'app.enableSandbox();',
    to: '',
    item: 4,
  },
  {
    title: 'webSecurity off',
    file: 'main/electron/window-options.ts',
    from: 'webSecurity: true',
    to: 'webSecurity: false',
    item: 6,
  },
  {
    title: 'no permission handler',
    file: 'main/electron/window-guards.ts',
    from: 'session.setPermissionCheckHandler(',
    to: 'Object(',
    item: 5,
  },
  {
    title: 'the clipboard open to whoever asks',
    file: 'main/electron/window-guards.ts',
    from: ' && isMainFrame && isOwnAddress(from)',
    to: '',
    item: 5,
  },
  {
    title: 'scripts within the page allowed',
    file: 'main/page/content-security-policy.ts',
    from: `"script-src 'self'"`,
    to: `"script-src 'self' 'unsafe-inline'"`,
    item: 7,
  },
  {
    title: 'a webview may be attached',
    file: 'main/electron/window-guards.ts',
    from: "contents.on('will-attach-webview', (event) => event.preventDefault());",
    to: '',
    item: 12,
  },
  {
    title: 'a missing navigation guard',
    file: 'main/electron/window-guards.ts',
    from: "contents.on('will-navigate', stay);",
    to: '',
    item: 13,
  },
  {
    title: 'no guards at all on new contents',
    file: 'main/electron/run-electron-host.ts',
    from: 'guardContents(contents, {',
    to: 'void (contents, {',
    item: 13,
  },
  {
    title: 'windows may be opened',
    file: 'main/electron/window-guards.ts',
    from: "return { action: 'deny' };",
    to: "return { action: 'allow' };",
    item: 14,
  },
  {
    title: 'openExternal without its allowlist',
    file: 'main/electron/window-guards.ts',
    from: 'const link = externalLink(url);',
    to: 'const link = externalLink(url) ?? url;',
    item: 15,
  },
  {
    title: 'a handler without a sender check',
    file: 'main/electron/ipc-door.ts',
    from: 'if (fault) {',
    to: "if (fault && name !== 'app.info') {",
    item: 17,
  },
  {
    title: 'a sender check that takes subframes',
    file: 'main/electron/trusted-sender.ts',
    from: 'frame.parent !== null || ',
    to: '',
    item: 17,
  },
  {
    title: 'a generic send in the preload script',
    file: 'preload/index.ts',
    from: 'const host: TillwatchHost = {',
    to: 'const host = {\n  send: (channel: string, input: unknown) => ipcRenderer.invoke(channel, input),',
    item: 20,
  },
  {
    title: 'a listener that is given Electron’s event',
    file: 'preload/index.ts',
    from: 'listener(payload);',
    to: '(listener as (...all: unknown[]) => void)(_event, payload);',
    item: 20,
  },
];

const copied = [
  'main',
  'preload',
  'contract',
  'assets',
  'packaging',
  'package.json',
  'tsconfig.base.json',
  'vite.main.config.ts',
  'vite.preload.config.ts',
];

/** Copies the sources that the application is built from, without the protection. @throws when it is not found there */
export function plant({ title, file, from, to }: PlantedFault, into: string): void {
  for (const each of copied) cpSync(path.join(root, each), path.join(into, each), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(into, 'node_modules'), 'junction');
  const place = path.join(into, file);
  const [before, after, ...more] = readFileSync(place, 'utf8').split(from);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`"${title}" cannot be planted: ${file} does not have this once: ${from}`);
  }
  writeFileSync(place, `${before}${to}${after}`);
}
