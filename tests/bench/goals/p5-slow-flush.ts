/**
 * P5 on a disk whose flush takes what flushes take where merchants run gateways; the machine of a bench often has one that
 * answers from a cache that survives a loss of power.
 */
import { milliseconds, perSecond, ratioFigure, valueFigure } from '../figure.ts';
import type { BenchSetting, Goal } from '../goal.ts';
import type { LoadResult } from '../http-load.ts';
import { flushTime } from '../slow-flush.ts';
import { gatewayRound, lastRate, naiveRound, ratesOf, slowestWaits } from '../webhook-round.ts';
import { CONNECTIONS } from '../webhook-load.ts';

/**
 * A consumer's SSD takes 1.6 ms for fdatasync and 5.6 ms for fsync, a network volume in a cloud 1.4 ms on average and
 * 2.7 ms at the 99th percentile, and 2 ms is what a busy etcd is recommended to have. Sources: "Using Postgres pg_test_fsync
 * tool for testing low latency writes" (tanelpoder.com, May 2025), "Why Upgrading EBS Volumes Boosted etcd Write Performance"
 * (besthub.dev), "Recommended etcd practices" (docs.redhat.com, OpenShift 4.20).
 */
const FLUSH_MS = 2;
const ON = `on a disk that flushes in ${FLUSH_MS} ms`;

export const p5SlowFlush: Goal = {
  id: 'p5-slow',
  what: `webhooks taken ${ON}`,
  measure: async (setting: BenchSetting) => {
    const options = { flushMs: FLUSH_MS };
    const flushes: number[] = [];
    const naive: LoadResult[] = [];
    const ours: LoadResult[] = [];
    for (let round = 0; round < setting.rounds; round += 1) {
      flushes.push(await flushTime(options));
      naive.push(await naiveRound(setting, `slow-naive-${round}`, options));
      ours.push(await gatewayRound(setting, `slow-ours-${round}`, options));
      setting.say(`round ${round + 1}: naive ${lastRate(naive)}, ours ${lastRate(ours)}`);
    }
    const about = { goal: 'P5', what: `webhooks on ${CONNECTIONS} connections, ${ON}` };
    const wait = { goal: 'P5', what: `wait of a webhook, p99, ${ON}`, bound: { atMost: 50 }, unit: milliseconds };
    const flush = { goal: 'P5', what: 'a flush, as both had it', bound: { atLeast: FLUSH_MS }, unit: milliseconds };
    return [
      ratioFigure({ ...about, bound: { atLeast: 3 }, unit: perSecond }, ratesOf(ours), ratesOf(naive)),
      valueFigure(wait, slowestWaits(ours)),
      valueFigure(flush, flushes),
    ];
  },
};
