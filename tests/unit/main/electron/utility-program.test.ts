import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { runUtilityProgram } from '../../../../main/electron/utility-program.ts';
import type { UtilityPorts } from '../../../../main/electron/utility-program.ts';
import { PATIENCE } from '../../../support/patience.ts';

function utility(load: (program: string, process: FakeProcess) => Promise<unknown>) {
  const process = new FakeProcess();
  let tell: (message: unknown) => void = () => undefined;
  const ended = runUtilityProgram({
    process: process as unknown as UtilityPorts['process'],
    onMessage: (listener) => (tell = listener),
    load: (program) => load(program, process),
  });
  return { process, ended, tell: (message: unknown) => tell(message) };
}

class FakeProcess extends EventEmitter {
  argv = ['electron', 'utility.js', 'gateway.js', 'serve', '--port', '0'];
  stdin: NodeJS.ReadableStream = new PassThrough();
  stdout = new PassThrough();
  stderr = new PassThrough();
  exitCode: number | undefined;
  readonly exit = vi.fn();
}

describe('a program in a utility process', () => {
  it('finds its arguments, is loaded, and ends when it has done its work, with its code', async () => {
    const { process, ended } = utility(async (program, own) => {
      expect(program).toBe('gateway.js');
      expect(own.argv.slice(2)).toEqual(['serve', '--port', '0']);
      own.exitCode = 2;
    });
    await ended;
    expect(process.exit).toHaveBeenCalledTimes(1);
    expect(process.exitCode).toBe(2);
  });

  it('has a standard input, filled by the parent, and is asked to end by its messages', async () => {
    const heard: string[] = [];
    const { process, ended, tell } = utility(async (_program, own) => {
      createInterface(own.stdin).on('line', (line) => heard.push(line));
      await new Promise<void>((resolve) => own.once('SIGTERM', () => resolve()));
    });
    for (const noise of [null, 'text', {}, { line: 1 }, { end: 'yes' }]) tell(noise);
    tell({ line: '{"gateway":"x"}' });
    await vi.waitFor(() => expect(heard).toEqual(['{"gateway":"x"}']), PATIENCE);
    expect(process.exit).not.toHaveBeenCalled();
    tell({ end: true });
    await ended;
    expect(process.exit).toHaveBeenCalledTimes(1);
  });

  it('is ended at once where it listens to no signal', () => {
    const { process, tell } = utility(() => new Promise(() => undefined));
    tell({ end: true });
    expect(process.exit).toHaveBeenCalledWith(0);
  });

  it('that throws says why and ends with 1', async () => {
    const { process, ended } = utility(async () => {
      throw new Error('no such table');
    });
    await ended;
    expect(String(process.stderr.read())).toContain('no such table');
    expect(process.exitCode).toBe(1);
  });
});
