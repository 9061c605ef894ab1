import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** Where a running host can be asked: the browser host's pages, or the desktop application's local socket. */
const whereaboutsSchema = z.union([
  z.object({ port: z.int().min(1).max(65_535), key: z.string() }),
  z.object({ socket: z.string().min(1).max(512) }),
]);

const holderSchema = z.object({
  pid: z.int().positive(),
  /** Null while the holder is still starting. */
  at: whereaboutsSchema.nullable(),
});
export type Holder = z.infer<typeof holderSchema>;
export type Whereabouts = NonNullable<Holder['at']>;

export interface LockPort {
  isRunning(pid: number): boolean;
  /** True when a host answers there. */
  answers(at: Whereabouts): Promise<boolean>;
  wait(ms: number): Promise<void>;
}

export interface ProfileLock {
  /** Tells later launches where this one can be reached. */
  publish(at: Whereabouts): Promise<void>;
  release(): Promise<void>;
}

export type Acquired = { readonly lock: ProfileLock } | { readonly running: Whereabouts };

/** How long a holder may take from its start until it says where it is. */
const startingMs = 15_000;
/** How long one that said so may leave a question open; after a crash its process id may be someone else's by now. */
const silentMs = 1_000;
const pauseMs = 200;

/**
 * One running host per profile, whichever kind: the lock file holds its process id and where it answers (mode 0600). A
 * lock whose process has ended, or does not answer, is stale and taken over.
 * @param file the lock file; its folder is created when missing
 */
export async function acquireProfileLock(file: string, port: LockPort, pid = process.pid): Promise<Acquired> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  for (let waited = 0; ;) {
    if (await created(file, { pid, at: null })) return { lock: heldLock(file, pid) };
    const text = await textOf(file);
    const holder = text === null ? null : holderIn(text);
    if (holder?.at && port.isRunning(holder.pid) && (await port.answers(holder.at))) return { running: holder.at };
    const alive = holder !== null && holder.pid !== pid && port.isRunning(holder.pid);
    if (alive && waited < (holder.at ? silentMs : startingMs)) {
      await port.wait(pauseMs);
      waited += pauseMs;
    } else if (text !== null) {
      await takeAway(file, text);
    }
  }
}

async function created(file: string, holder: Holder): Promise<boolean> {
  // Written aside and linked, so that nobody ever reads a lock that is half written.
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function textOf(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch(() => null);
}

function holderIn(text: string): Holder | null {
  try {
    return holderSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Removes the lock that was judged stale, and puts back another that took its place in between. */
async function takeAway(file: string, judged: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  if ((await textOf(aside)) !== judged) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

function heldLock(file: string, pid: number): ProfileLock {
  return {
    async publish(at) {
      const draft = `${file}.${randomUUID()}`;
      await writeFile(draft, JSON.stringify({ pid, at } satisfies Holder), { flag: 'wx', mode: 0o600 });
      await rename(draft, file);
    },
    async release() {
      const text = await textOf(file);
      if (text !== null && holderIn(text)?.pid === pid) await rm(file, { force: true });
    },
  };
}
