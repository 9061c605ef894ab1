import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../e2e/program.ts';
import { writePretendElectron } from './pretend-electron.ts';

export interface Packed {
  readonly code: number | null;
  readonly output: string;
  /** The folder electron-builder has filled. */
  readonly dir: string;
}

/** The smallest build that counts as whole. */
const pretendBuild = [
  'dist/main/index.js',
  'dist/main/utility.js',
  'dist/main/images/live.png',
  'dist/preload/index.cjs',
  'dist/renderer/index.html',
  'dist/renderer/assets/index-AbC_123.js',
  'dist/gateway/tillwatch-gateway.mjs',
  'dist/demo/index.js',
];

const unpacked = { linux: 'linux-unpacked', win: 'win-unpacked', mac: 'mac' } as const;
export type PackPlatform = keyof typeof unpacked;

/** A copy of what the repository packs by, over a build of one's own, so that tests can plant faults in it. */
export class PretendProject {
  readonly dir = mkdtempSync(path.join(tmpdir(), 'tillwatch-packaging-'));

  constructor() {
    for (const part of ['package.json', 'package-lock.json', 'electron-builder.yml', 'packaging', 'assets']) {
      cpSync(path.join(root, part), path.join(this.dir, part), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(this.dir, 'node_modules'), 'junction');
  }

  plant(file: string, text = ''): void {
    mkdirSync(path.join(this.dir, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(this.dir, file), text);
  }

  remove(file: string): void {
    rmSync(path.join(this.dir, file));
  }

  /** @param dist a folder of dist */
  takeBuild(dist: string): void {
    cpSync(dist, path.join(this.dir, 'dist'), { recursive: true });
  }

  plantBuild(): void {
    for (const file of pretendBuild) this.plant(file, '/* built */\n');
  }

  /** Runs a script of packaging, as `npm run package` does before it packs. @throws with its words when it fails */
  async prepare(script: 'draw-icons' | 'write-licenses'): Promise<void> {
    const { code, output } = await this.run([path.join('packaging', `${script}.ts`)]);
    if (code !== 0) throw new Error(`${script} failed:\n${output}`);
  }

  /** Packs into a folder, without installers and without the network. @param options further command line options */
  async pack(platform: PackPlatform, options: readonly string[] = [], fuses?: string): Promise<Packed> {
    const electron = path.join(this.dir, 'dist', `electron-${platform}`);
    writePretendElectron(electron, platform, fuses);
    const args = [
      path.join('node_modules', 'electron-builder', 'cli.js'),
      ...[`--${platform}`, '--x64', '--dir', '--publish', 'never'],
      ...[`-c.electronDist=${electron}`, '-c.electronVersion=45.0.0'],
      ...['-c.publish.owner=example', '-c.publish.repo=tillwatch'],
      // What only its own system can do.
      ...['-c.win.signAndEditExecutable=false', '-c.mac.identity=null'],
      ...(platform === 'win' ? ['-c.disableAsarIntegrity=true'] : []),
      ...options,
    ];
    const { code, output } = await this.run(args);
    return { code, output, dir: path.join(this.dir, 'dist', 'packages', unpacked[platform]) };
  }

  close(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** Runs a script of Node in the project. */
  run(args: readonly string[]): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, args, {
      cwd: this.dir,
      // Where something were downloaded after all, it fails at once instead of waiting for a network.
      env: {
        ...process.env,
        ELECTRON_MIRROR: 'http://127.0.0.1:9/',
        ELECTRON_BUILDER_BINARIES_MIRROR: 'http://127.0.0.1:9/',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    }
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
  }
}
