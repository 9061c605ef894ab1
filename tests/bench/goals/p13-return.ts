/** P13: the gateway is killed under hundreds of desks; how soon all are back, and how gently they knock. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createAuthority } from '../../support/tls/certificates.ts';
import { count, seconds, valueFigure } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { BenchSetting, Goal } from '../goal.ts';
import { openStation } from '../station.ts';
import type { Station } from '../station.ts';
import { mostInBuckets } from '../statistics.ts';
import type { DeskTrail, DesksStation } from '../stations/desks-station.ts';
import type { ProxyStation } from '../stations/proxy-station.ts';
import type { TlsGatewayStation, TlsOpening } from '../stations/tls-gateway-station.ts';

const HOST = 'gateway.bench.example';
const PROCESSES = 2;
/** Absences of 500 desks, of 2,000 together: that many have to knock for their spread to be judged. */
const ABSENCES = 4;
/** After so long a connection counts as stable [CN3]. */
const STABLE_MS = 31_000;
const BUCKET_MS = 250;
const BACK_MOST_MS = 120_000;

interface Plan {
  readonly desks: number;
  readonly absences: number;
  readonly awayMs: number;
}

export const p13: Goal = {
  id: 'p13',
  what: 'desks back after the gateway was killed for 10 s',
  measure: async (setting) => {
    const plan: Plan = setting.quick
      ? { desks: 50, absences: 1, awayMs: 2_000 }
      : { desks: 500, absences: ABSENCES, awayMs: 10_000 };
    const street = await Street.open(setting, plan.desks);
    try {
      const absences: Absence[] = [];
      for (let n = 0; n < plan.absences; n += 1) {
        if (!setting.quick) await delay(STABLE_MS);
        const absence = await street.absence(plan.awayMs);
        absences.push(absence);
        setting.say(
          `absence ${n + 1}: all back in ${absence.backSeconds.toFixed(1)} s, at most ${absence.mostTries} tries`,
        );
      }
      return figures(plan, absences);
    } finally {
      await street.close();
    }
  },
};

interface Absence {
  /** From the gateway's return until the last desk was live. */
  readonly backSeconds: number;
  readonly mostTries: number;
  /** Milliseconds after the kill. */
  readonly tries: readonly number[];
}

function figures(plan: Plan, absences: readonly Absence[]): Figure[] {
  const about = (what: string, atMost: number) => ({ goal: 'P13', what, bound: { atMost } });
  const together = plan.desks * plan.absences;
  const knocks = mostInBuckets(
    absences.flatMap(({ tries }) => tries),
    BUCKET_MS,
  );
  return [
    valueFigure(
      { ...about(`all ${plan.desks} desks back`, 20), unit: seconds },
      absences.map((each) => each.backSeconds),
    ),
    valueFigure(
      { ...about('tries of one desk, most', 6), unit: count },
      absences.map((each) => each.mostTries),
    ),
    valueFigure({ ...about(`tries in ${BUCKET_MS} ms of ${together}, most`, (300 * together) / 2_000), unit: count }, [
      knocks,
    ]),
  ];
}

/** A gateway with a name, its proxy, and the desks in front of it. */
class Street {
  readonly #opening: TlsOpening;
  readonly #proxy: Station<ProxyStation>;
  readonly #desks: Station<DesksStation>[] = [];
  #gateway: Station<TlsGatewayStation>;

  private constructor(opening: TlsOpening, gateway: Station<TlsGatewayStation>, proxy: Station<ProxyStation>) {
    this.#opening = opening;
    this.#gateway = gateway;
    this.#proxy = proxy;
  }

  static async open({ folder }: BenchSetting, desks: number): Promise<Street> {
    const authority = createAuthority('Bench');
    const dataDir = path.join(folder, 'gateway');
    mkdirSync(dataDir);
    const gateway = await openStation<TlsGatewayStation>('tls-gateway-station.ts');
    const opening = { dataDir, ...authority.issue([HOST]) };
    const port = await gateway.ask('open', { ...opening, port: 0 });
    const proxy = await openStation<ProxyStation>('proxy-station.ts');
    const street = new Street({ ...opening, port }, gateway, proxy);
    const proxyUrl = await proxy.ask('open', { host: `${HOST}:443`, port });
    for (let n = 0; n < PROCESSES; n += 1) {
      const station = await openStation<DesksStation>('desks-station.ts');
      street.#desks.push(station);
      const codes = await gateway.ask('pairingCodes', { count: desks / PROCESSES });
      const of = { folder: path.join(folder, `desks-${n}`), authority: authority.cert };
      await station.ask('open', { ...of, gateway: `https://${HOST}`, codes, proxy: proxyUrl });
    }
    await street.#allLive();
    return street;
  }

  async absence(awayMs: number): Promise<Absence> {
    await Promise.all(this.#desks.map((station) => station.ask('forget', null)));
    const killedAt = Date.now();
    await this.#gateway.kill();
    await delay(awayMs);
    this.#gateway = await openStation<TlsGatewayStation>('tls-gateway-station.ts');
    await this.#gateway.ask('open', this.#opening);
    const returnedAt = Date.now();
    const trails = await this.#allLive();
    return {
      backSeconds: (Math.max(...trails.map(({ liveAt }) => liveAt ?? Number.NaN)) - returnedAt) / 1000,
      mostTries: Math.max(...trails.map(({ tries }) => tries.length)),
      tries: trails.flatMap(({ tries }) => tries.map((at) => at - killedAt)),
    };
  }

  async close(): Promise<void> {
    for (const station of this.#desks) await station.close();
    await this.#gateway.close();
    await this.#proxy.close();
  }

  /** Waits until every desk is live, one that was and lost it again too. */
  async #allLive(): Promise<DeskTrail[]> {
    const giveUpAt = performance.now() + BACK_MOST_MS;
    for (;;) {
      const trails = (await Promise.all(this.#desks.map((station) => station.ask('trails', null)))).flat();
      const away = trails.filter(({ liveAt }) => liveAt === null).length;
      if (away === 0) return trails;
      if (performance.now() > giveUpAt) throw new Error(`${away} of ${trails.length} desks did not come back`);
      await delay(100);
    }
  }
}
