/** P1: events a desk takes in, beside Socket.IO alone with the same events one a frame. */
import path from 'node:path';
import { atRest } from '../at-rest.ts';
import { perSecond, ratioFigure } from '../figure.ts';
import { copyOf, filledLog } from '../filled-log.ts';
import type { BenchSetting, Goal } from '../goal.ts';
import { openStation } from '../station.ts';
import type { DeskPath } from '../stations/desk-path.ts';
import type { FramesClient } from '../stations/frames-client.ts';
import type { FramesServer } from '../stations/frames-server.ts';
import type { GatewayStation } from '../stations/gateway-station.ts';

const EVENTS = 120_000;

export const p1: Goal = {
  id: 'p1',
  what: 'events through the desk beside Socket.IO alone',
  measure: async (setting) => {
    const events = setting.quick ? EVENTS / 20 : EVENTS;
    const log = await filledLog(setting.folder, events);
    const bare: number[] = [];
    const without: number[] = [];
    const withJournal: number[] = [];
    for (let round = 0; round < setting.rounds; round += 1) {
      bare.push(await bareRound(log, events));
      without.push(await deskRound(setting, copyOf(log, `without-${round}`), null));
      withJournal.push(
        await deskRound(setting, copyOf(log, `with-${round}`), path.join(setting.folder, `desk-${round}`)),
      );
      const last = [bare, without, withJournal].map((rates) => Math.round(rates.at(-1) ?? 0));
      setting.say(`round ${round + 1}: bare, without, with journal: ${last.join(', ')} events/s`);
    }
    const about = (what: string, atLeast: number) => ({ goal: 'P1', what, bound: { atLeast }, unit: perSecond });
    return [
      ratioFigure(about('desk path without journal', 2), without, bare),
      ratioFigure(about('desk path with journal', 1), withJournal, bare),
    ];
  },
};

async function bareRound(dataDir: string, events: number): Promise<number> {
  const server = await openStation<FramesServer>('frames-server.ts');
  const client = await openStation<FramesClient>('frames-client.ts');
  try {
    return await client.ask('receive', { url: await server.ask('open', { dataDir, events }), events });
  } finally {
    await client.close();
    await server.close();
  }
}

async function deskRound({ profile }: BenchSetting, dataDir: string, journalDir: string | null): Promise<number> {
  const options = profile === null ? {} : { profile };
  const server = await openStation<GatewayStation>('gateway-station.ts', options);
  const desk = await openStation<DeskPath>('desk-path.ts', options);
  try {
    const gateway = await server.ask('open', { dataDir });
    const { epoch, seq: head } = await server.ask('head', null);
    const code = await server.ask('pairingCode', null);
    await atRest(server);
    return await desk.ask('catchUp', { gateway, code, epoch, head, journalDir });
  } finally {
    await desk.close();
    await server.close();
  }
}
