import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { UtilityProcess } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DemoProcesses } from '../../../../main/electron/demo-processes.ts';
import { demoFactsIn, listeningAt, textIn } from '../../../../main/electron/demo-words.ts';
import type { UtilityPorts } from '../../../../main/electron/utility-child.ts';
import { PATIENCE } from '../../../support/patience.ts';

class FakeUtility extends EventEmitter {
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly told: unknown[] = [];
  kills = 0;

  postMessage(message: { end?: boolean }): void {
    this.told.push(message);
    if (message.end === true && !deaf.has(this)) this.end(0);
  }

  kill(): boolean {
    this.kills += 1;
    this.end(15);
    return true;
  }

  end(code: number): void {
    this.stdout.end();
    this.stderr.end();
    this.emit('exit', code);
  }
}

let dir: string;
let forks: { args: readonly string[]; child: FakeUtility; env: Record<string, string> }[];
let timers: { ms: number; run: () => void; cancelled: boolean }[];
let deaf: Set<FakeUtility>;
/** What a program does once it runs; tests replace it. */
let script: (args: readonly string[], child: FakeUtility) => void;
const log = vi.fn();

/** Whole programs: the demo introduces itself, the gateway listens or answers. */
function working(args: readonly string[], child: FakeUtility): void {
  const say = (line: string) => child.stdout.write(`${line}\n`);
  if (args[0]?.includes('demo')) say(JSON.stringify({ config: 'stores: []', env: { SECRET: 's' } }));
  else if (args.includes('serve')) {
    const port = args[args.indexOf('--port') + 1] ?? '0';
    say(`Tillwatch gateway listening on http://127.0.0.1:${port === '0' ? '40001' : port}`);
  } else {
    say(JSON.stringify(args.includes('pair') ? { code: 'CODE' } : { id: 'k', key: 'twk_x' }));
    child.end(0);
  }
}

function open(): DemoProcesses {
  const fork: UtilityPorts['fork'] = (_entry, args, { env }) => {
    const child = new FakeUtility();
    forks.push({ args, child, env });
    queueMicrotask(() => script(args, child));
    return child as unknown as UtilityProcess;
  };
  const after = (ms: number, run: () => void) => {
    const timer = { ms, run, cancelled: false };
    timers.push(timer);
    return () => void (timer.cancelled = true);
  };
  return new DemoProcesses({ fork, after, environment: { A: '1' }, built: '/built', dir, monotonic: () => 0, log });
}

const serving = () => forks.filter(({ args }) => args.includes('serve'));

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tillwatch-demo-'));
  rmSync(dir, { recursive: true });
  [forks, timers, deaf, script] = [[], [], new Set(), working];
  log.mockClear();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the demo that the application brings', () => {
  it('is introduced to its gateway, whose secrets go by the environment alone', async () => {
    const demo = open();
    expect(await demo.start()).toEqual({ gateway: 'http://127.0.0.1:40001', code: 'CODE' });
    expect(forks[0]?.child.told).toEqual([{ line: '{"gateway":"http://127.0.0.1:40001","key":"twk_x"}' }]);
    expect(serving()[0]?.env).toEqual({ A: '1', SECRET: 's' });
    expect(readFileSync(path.join(dir, 'gateway', 'gateway.yaml'), 'utf8')).toBe('stores: []');
    await demo.close();
    expect(forks.every(({ child }) => child.stdout.writableEnded)).toBe(true);
  });

  it('is started once, however often it is asked for', async () => {
    const demo = open();
    await Promise.all([demo.start(), demo.start()]);
    expect(serving()).toHaveLength(1);
    await demo.close();
  });

  it('comes back on its port, with its key, for a desk that is paired with it alone', async () => {
    const first = open();
    await first.start();
    await first.close();
    forks = [];
    const again = open();
    expect(await again.resume(null)).toBeNull();
    expect(await again.resume('https://gateway.example')).toBeNull();
    expect(forks).toEqual([]);
    expect(await again.resume('http://127.0.0.1:40001/')).toBeNull();
    expect(serving()[0]?.args).toContain('40001');
    expect(forks.some(({ args }) => args.includes('key'))).toBe(false);
    await again.close();
  });

  it('takes another port where its own is taken, and has the desk pair anew', async () => {
    const first = open();
    await first.start();
    await first.close();
    forks = [];
    script = (args, child) => {
      if (args.includes('serve') && args.includes('40001')) child.end(1);
      else if (args.includes('serve')) child.stdout.write('Tillwatch gateway listening on http://127.0.0.1:40002\n');
      else working(args, child);
    };
    const again = open();
    expect(await again.resume('http://127.0.0.1:40001')).toEqual({ gateway: 'http://127.0.0.1:40002', code: 'CODE' });
    await again.close();
  });

  it('that cannot start says why, leaves nothing running, and can be tried again', async () => {
    script = (args, child) => {
      if (!args.includes('serve')) {
        working(args, child);
        return;
      }
      child.stderr.write('no space left on device\n');
      child.end(1);
    };
    const demo = open();
    await expect(demo.start()).rejects.toThrow(/gateway ended with code 1.*\nno space left/);
    expect(forks.every(({ child }) => child.stdout.writableEnded)).toBe(true);
    expect(existsSync(path.join(dir, 'demo.json'))).toBe(false);
    script = working;
    expect(await demo.start()).toMatchObject({ code: 'CODE' });
    await demo.close();
  });

  it('gives up on a program that says nothing, and kills one that does not end', async () => {
    script = (_args, child) => void deaf.add(child);
    const demo = open();
    const started = demo.start();
    const refused = expect(started).rejects.toThrow("The demo's demo did not answer in time.");
    timers.find(({ ms }) => ms === 20_000)?.run();
    await vi.waitFor(() => expect(timers.some(({ ms }) => ms === 4_000)).toBe(true), PATIENCE);
    timers.find(({ ms }) => ms === 4_000)?.run();
    await refused;
    expect(forks[0]?.child.kills).toBe(1);
  });

  it('that falls is started again, ever more slowly, until it is ended', async () => {
    const demo = open();
    await demo.start();
    const restarts = () => timers.filter(({ ms, cancelled }) => !cancelled && ms < 4_000);
    serving()[0]?.child.end(139);
    await vi.waitFor(() => expect(restarts().map(({ ms }) => ms)).toEqual([1_000]), PATIENCE);
    expect(log).toHaveBeenCalledWith(
      'warn',
      'the demo fell',
      expect.objectContaining({ process: 'gateway', code: 139 }),
    );
    restarts()[0]?.run();
    await vi.waitFor(() => expect(serving()).toHaveLength(2), PATIENCE);
    await demo.start();
    serving()[1]?.child.end(139);
    await vi.waitFor(() => expect(restarts().map(({ ms }) => ms)).toEqual([1_000, 2_000]), PATIENCE);
    await demo.close();
    expect(restarts().map(({ ms }) => ms)).toEqual([1_000]);
    expect(serving()).toHaveLength(2);
  });

  it('that is ended while it starts does not go on', async () => {
    script = (args, child) => {
      if (args[0]?.includes('demo')) working(args, child);
    };
    const demo = open();
    const refused = expect(demo.start()).rejects.toThrow();
    await vi.waitFor(() => expect(serving()).toHaveLength(1), PATIENCE);
    await demo.close();
    await refused;
    expect(forks.every(({ child }) => child.stdout.writableEnded)).toBe(true);
  });
});

describe('the words of the programs', () => {
  it('are taken only as they are meant', () => {
    expect(demoFactsIn('{"config":"x","env":{"A":"b"},"chain":"http://x"}')).toEqual({ config: 'x', env: { A: 'b' } });
    for (const line of ['', '{', 'null', '{"config":1,"env":{}}', '{"config":"x"}'])
      expect(demoFactsIn(line)).toBeNull();
    expect(listeningAt('Tillwatch gateway listening on http://127.0.0.1:1')).toBe('http://127.0.0.1:1');
    expect(listeningAt('Not listening on http://127.0.0.1:1')).toBeNull();
    expect(textIn('code')('{"code":"X"}')).toBe('X');
    for (const line of ['{"code":1}', '[]', 'code']) expect(textIn('code')(line)).toBeNull();
  });
});
