/** A real desk core over a temporary profile, with a screen attached. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemTime } from '../../../main/desk/clock/system-time.ts';
import { createDesk } from '../../../main/desk/create-desk.ts';
import type { Desk, DeskOptions, SecretStore } from '../../../main/desk/desk.ts';
import { createScreen } from './screen.ts';
import type { Screen } from './screen.ts';

export interface DeskUnderTest {
  readonly dataDir: string;
  readonly secrets: SecretStore & { value: string | null };
  readonly log: string[];
  desk: Desk;
  screen: Screen;
  pair(gateway: string, code: string): Promise<void>;
  /** Closes the desk and opens a new one over the same profile. */
  restart(between?: () => Promise<void> | void): Promise<void>;
  live(mostMs?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Timers at a tenth, so that a retry takes at most 0.2 s towards this machine. */
const TIME_SCALE = 0.1;

export async function startDesk(options: Partial<DeskOptions> = {}): Promise<DeskUnderTest> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'tillwatch-desk-')));
  const secrets = memorySecrets();
  const log: string[] = [];
  const open = async (): Promise<{ desk: Desk; screen: Screen }> => {
    const desk = createDesk({
      dataDir,
      version: '0.0.0-test',
      secrets,
      network: { resolveProxy: async () => null, certificates: () => [] },
      time: systemTime,
      log: (level, message, fields) => void log.push(JSON.stringify({ level, message, fields })),
      timeScale: TIME_SCALE,
      ...options,
    });
    const screen = createScreen();
    desk.attach((push) => screen.take(push));
    await desk.start();
    return { desk, screen };
  };
  const under: DeskUnderTest = {
    dataDir,
    secrets,
    log,
    ...(await open()),
    pair: async (gateway, code) => {
      await under.desk.handle('pairing.pair', { gateway, code, name: 'Front counter' });
    },
    restart: async (between) => {
      await under.desk.close();
      await between?.();
      Object.assign(under, await open());
    },
    live: (mostMs) => under.screen.until('live', () => under.screen.state.current, mostMs),
    stop: async () => {
      await under.desk.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return under;
}

function memorySecrets(): SecretStore & { value: string | null } {
  const secrets = {
    kind: 'file' as const,
    value: null as string | null,
    load: async () => secrets.value,
    save: async (secret: string) => void (secrets.value = secret),
    clear: async () => void (secrets.value = null),
  };
  return secrets;
}
