/** P6: what the ledger costs on top of SQLite. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { perSecond, ratioFigure } from '../figure.ts';
import type { BenchSetting, Goal } from '../goal.ts';
import { openStation } from '../station.ts';
import type { AppendResult, AppendStation } from '../stations/append-station.ts';

const PAYMENTS = 4_000;

export const p6: Goal = {
  id: 'p6',
  what: 'append, fold, diagnose and publish beside SQLite alone',
  measure: async (setting) => {
    const raw: number[] = [];
    const ledger: number[] = [];
    for (let round = 0; round < setting.rounds; round += 1) {
      const anchor = await one(setting, 'raw', round);
      const ours = await one(setting, 'ledger', round);
      raw.push(anchor.perSecond);
      ledger.push(ours.perSecond);
      setting.say(
        `round ${round + 1}: SQLite ${Math.round(anchor.perSecond)}, ledger ${Math.round(ours.perSecond)} events/s`,
      );
    }
    const about = { goal: 'P6', what: 'events appended, the same rows', bound: { atLeast: 0.5 }, unit: perSecond };
    return [ratioFigure(about, ledger, raw)];
  },
};

async function one(setting: BenchSetting, which: 'raw' | 'ledger', round: number): Promise<AppendResult> {
  const folder = path.join(setting.folder, `${which}-${round}`);
  mkdirSync(folder);
  const profile = setting.profile !== null && which === 'ledger' ? { profile: setting.profile } : {};
  const station = await openStation<AppendStation>('append-station.ts', profile);
  try {
    return await station.ask(which, { folder, payments: setting.quick ? PAYMENTS / 10 : PAYMENTS });
  } finally {
    await station.close();
  }
}
