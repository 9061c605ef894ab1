import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { identitySchema } from '../identity.ts';
import type { Identity } from '../identity.ts';

function fileIn(folder: string): string {
  return path.join(folder, 'listener.json');
}

/** @returns null where none is kept. @throws Error for a file that cannot be read as one */
export async function readIdentity(folder: string): Promise<Identity | null> {
  const text = await readFile(fileIn(folder), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return identitySchema.parse(JSON.parse(text));
  } catch (cause) {
    const what = `${fileIn(folder)} holds no identity`;
    throw new Error(`${what}: delete it, and give --gateway URL --code CODE once more.`, { cause });
  }
}

/** Keeps it in a file that only its owner may read: whoever has the key in it is this listener. */
export async function keepIdentity(folder: string, identity: Identity): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${fileIn(folder)}.${randomUUID()}`;
  try {
    await writeFile(draft, JSON.stringify(identity), { mode: 0o600, flag: 'wx' });
    await rename(draft, fileIn(folder));
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
