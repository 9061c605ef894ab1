/** The units and the container's recipe, as far as this machine can judge them. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const deploy = path.resolve(import.meta.dirname, '../../../deploy');
const read = (file: string) => readFileSync(path.join(deploy, file), 'utf8');
const units = ['tillwatch-gateway.service', 'tillwatch-backup.service', 'tillwatch-backup.timer'];

const analyze = (...args: string[]) =>
  spawnSync('systemd-analyze', args, { cwd: path.join(deploy, 'systemd'), encoding: 'utf8' });
const systemd = analyze('--version').status === 0;
const named = (title: string) => (systemd ? title : `${title} (systemd-analyze is not installed here)`);

test.skipIf(!systemd)(named('systemd understands every line of the units'), () => {
  const { status, stdout, stderr } = analyze('verify', ...units.map((unit) => `./${unit}`));
  expect(stdout + stderr).not.toMatch(/tillwatch-[a-z.]+:\d+:|Unknown|Failed to parse/);
  expect(status, stderr).toBe(0);
});

test('the service has time to drain, and a wrong configuration is not tried again', () => {
  const unit = read('systemd/tillwatch-gateway.service');
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(10);
  expect(unit).toMatch(/^RestartPreventExitStatus=2$/m);
  for (const line of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'ProtectHome=yes', 'CapabilityBoundingSet=']) {
    expect(unit.split('\n')).toContain(line);
  }
});

test('whatever serves gives V8 no more helpers than there are cores to spare', () => {
  const { scripts } = JSON.parse(read('../package.json')) as { scripts: Record<string, string> };
  expect(scripts['gateway']).toContain('node --v8-pool-size=0 ');
  expect(read('systemd/tillwatch-gateway.service')).toMatch(/^ExecStart=\/usr\/bin\/env node --v8-pool-size=0 /m);
  const entry = JSON.parse(/^ENTRYPOINT (\[.*\])$/m.exec(read('container/Containerfile'))?.[1] ?? '[]') as string[];
  expect(entry.slice(0, 2)).toEqual(['node', '--v8-pool-size=0']);
});

test('the container runs as nobody in particular, and its check of health is a program that Node can run', () => {
  const recipe = read('container/Containerfile');
  expect(recipe.indexOf('\nUSER node\n')).toBeGreaterThan(0);
  expect(recipe.indexOf('\nUSER node\n')).toBeLessThan(recipe.indexOf('ENTRYPOINT'));
  const check = JSON.parse(/^ {4}CMD (\[.*\])$/m.exec(recipe)?.[1] ?? '[]') as string[];
  expect(check.slice(0, 2)).toEqual(['node', '-e']);
  const nobodyThere = (check[2] ?? '').replace('8377', '9');
  expect(spawnSync(process.execPath, ['-e', nobodyThere]).status).toBe(1);
});
