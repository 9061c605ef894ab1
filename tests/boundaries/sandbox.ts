import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..', '..');

const gateFiles = [
  'package.json',
  'tsconfig.json',
  'tsconfig.base.json',
  '.dependency-cruiser.cjs',
  'eslint.config.js',
];

export const folders = [
  'contract',
  'gateway',
  'client',
  'main',
  'preload',
  'renderer',
  'demo',
  'launch',
  'packaging',
  'tests',
] as const;
export type Folder = (typeof folders)[number];

export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/**
 * A copy of the repository's own gates over next to no sources: each folder holds one clean `value.ts`. Tests plant
 * files in it and watch the gates turn red.
 */
export class Sandbox {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'tillwatch-boundaries-'));

  constructor() {
    for (const file of gateFiles) cpSync(path.join(root, file), path.join(this.folder, file));
    for (const folder of folders) {
      this.plant(`${folder}/value.ts`, `export const value = '${folder}';\n`);
      cpSync(path.join(root, folder, 'tsconfig.json'), path.join(this.folder, folder, 'tsconfig.json'));
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(this.folder, 'node_modules'), 'junction');
  }

  plant(file: string, text: string): void {
    const target = path.join(this.folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  remove(file: string): void {
    rmSync(path.join(this.folder, file));
  }

  types(): Outcome {
    return this.#run('typescript/bin/tsc', ['-b', '--pretty', 'false']);
  }

  /** Runs dependency-cruiser; its violations as `rule: from → to`. */
  boundaries(): string[] {
    const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
    const { output } = this.#run('dependency-cruiser/bin/dependency-cruise.mjs', args);
    const report = JSON.parse(output) as {
      summary: { violations: { rule: { name: string }; from: string; to: string }[] };
    };
    return report.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  }

  /** Runs ESLint on some files; its messages as `file: rule`. */
  lint(...files: readonly string[]): string[] {
    const { output } = this.#run('eslint/bin/eslint.js', ['--format', 'json', ...files]);
    const report = JSON.parse(output) as { filePath: string; messages: { ruleId: string | null; message: string }[] }[];
    return report.flatMap(({ filePath, messages }) =>
      messages.map(
        ({ ruleId, message }) => `${path.relative(this.folder, filePath).replaceAll('\\', '/')}: ${ruleId ?? message}`,
      ),
    );
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(tool: string, args: readonly string[]): Outcome {
    const file = path.join(root, 'node_modules', tool);
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status, output: stdout === '' ? stderr : stdout };
  }
}
