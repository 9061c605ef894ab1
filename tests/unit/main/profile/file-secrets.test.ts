import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileSecrets } from '../../../../main/profile/file-secrets.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-secrets-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const mode = async (file: string) => (await stat(file)).mode & 0o777;

describe('[AU1] the device key in a file', () => {
  it('is told as a file, and is null before it was saved', async () => {
    const secrets = createFileSecrets(path.join(dir, 'profile', 'key'));
    expect(secrets.kind).toBe('file');
    expect(await secrets.load()).toBeNull();
  });

  it.skipIf(process.platform === 'win32')(
    'has mode 0600 from its first byte, and again when it was widened',
    async () => {
      const file = path.join(dir, 'profile', 'key');
      const secrets = createFileSecrets(file);
      await secrets.save('one');
      expect(await mode(file)).toBe(0o600);
      await chmod(file, 0o644);
      expect(await secrets.load()).toBe('one');
      expect(await mode(file)).toBe(0o600);
    },
  );

  it('is replaced whole and leaves no draft behind', async () => {
    const file = path.join(dir, 'key');
    const secrets = createFileSecrets(file);
    await Promise.all([secrets.save('first'), secrets.save('second')]);
    expect(['first', 'second']).toContain(await secrets.load());
    expect(await readdir(dir)).toEqual(['key']);
  });

  it('is gone after clear, twice too', async () => {
    const secrets = createFileSecrets(path.join(dir, 'key'));
    await secrets.save('one');
    await secrets.clear();
    await secrets.clear();
    expect(await secrets.load()).toBeNull();
  });
});
