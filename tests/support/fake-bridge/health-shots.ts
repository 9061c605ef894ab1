/** Health from top to bottom, in every look. */
import { busyDesk } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { noServices } from './services.ts';
import type { Shot } from './shot.ts';

const hash = '#/health';
const high = [1280, 2000] as const;
const live = (now: number) => busyDesk(now, { state: 'live', since: now - 600_000 });
const dressed = (changes: Partial<Scenario['settings']>) => (now: number) => {
  const scenario = live(now);
  return { ...scenario, settings: { ...scenario.settings, tourSeen: true, ...changes } };
};
const away = (now: number) =>
  busyDesk(now, { state: 'waiting', retryAt: now + 7000, attempt: 3, reason: 'refused-connection' });
const atFirst = (now: number) => ({ ...live(now), services: noServices });

export const healthShots: Readonly<Record<string, Shot>> = {
  'health-whole': { scenario: dressed({}), hash, size: high },
  'health-whole-dark': { scenario: dressed({}), hash, size: high, dark: true },
  'health-whole-contrast': { scenario: dressed({ appearance: 'high-contrast' }), hash, size: high },
  'health-whole-chinese': { scenario: dressed({ language: 'zh-CN' }), hash, size: high },
  'health-whole-away': { scenario: away, hash, size: high },
  'health-at-first': { scenario: atFirst, hash, size: high },
  'health-small': { scenario: dressed({}), hash, size: [1024, 640] },
};
