import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Marks the fuses in a binary: @electron/fuses finds them by it. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** Fuses as Electron delivers them, from RunAsNode to WasmTrapHandlers: `1` on, `0` off. */
const deliveredFuses = '101100011';

/** Does on Linux what the application does first: it writes its log, then stays until it is ended. */
const script = `#!/bin/sh
mkdir -p "$2/logs"
echo '{"message":"desk started"}' > "$2/logs/tillwatch.log"
exec sleep 60
`;

function binary(fuses: string): Buffer {
  const wire = Buffer.from([1, fuses.length]);
  return Buffer.concat([Buffer.from(script), Buffer.from(sentinel), wire, Buffer.from(fuses), Buffer.alloc(16)]);
}

function plist(entries: Readonly<Record<string, string>>): string {
  const lines = Object.entries(entries).map(([key, value]) => `<key>${key}</key><string>${value}</string>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict>${lines.join('')}</dict></plist>\n`;
}

/** A folder that looks to electron-builder like an unpacked Electron, its binary carrying fuses. */
export function writePretendElectron(
  dir: string,
  platform: 'linux' | 'win' | 'mac',
  fuses: string = deliveredFuses,
): void {
  const write = (file: string, content: Buffer | string) => {
    mkdirSync(path.join(dir, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(dir, file), content, { mode: 0o755 });
  };
  if (platform === 'linux') write('electron', binary(fuses));
  if (platform === 'win') write('electron.exe', binary(fuses));
  if (platform !== 'mac') return;
  const contents = 'Electron.app/Contents';
  const helper = `${contents}/Frameworks/Electron Helper.app/Contents`;
  write(`${contents}/Info.plist`, plist({ CFBundleExecutable: 'Electron', CFBundleName: 'Electron' }));
  write(`${contents}/MacOS/Electron`, 'pretend binary');
  write(`${contents}/Frameworks/Electron Framework.framework/Electron Framework`, binary(fuses));
  write(`${helper}/Info.plist`, plist({ CFBundleExecutable: 'Electron Helper' }));
  write(`${helper}/MacOS/Electron Helper`, 'pretend binary');
}
