/** P2: from a webhook's first byte on the line to its order's row painted in a real browser. */
import path from 'node:path';
import { io } from 'socket.io-client';
import { SOURCE, benchPayment, signedHeaders, webhook } from '../../support/fault-bench/webhooks.ts';
import { count, milliseconds, spreadWritten, valueFigure } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { BenchSetting, Goal } from '../goal.ts';
import { LinePool, postRequest } from '../http-load.ts';
import { Host, openBrowser, openScreen } from '../screen.ts';
import type { Screen } from '../screen.ts';
import { openStation } from '../station.ts';
import { quantile } from '../statistics.ts';
import { atSteadyPace } from '../steady-pace.ts';
import type { EchoServer } from '../stations/echo-server.ts';
import type { GatewayStation } from '../stations/gateway-station.ts';

const PER_SECOND = 200;
const SECONDS = 10;
const WARM_UP_SECONDS = 3;
const ECHOES_PER_SECOND = 1_000;
const PAINTED_MOST_MS = 10_000;

interface Round {
  /** Milliseconds. */
  readonly latencies: readonly number[];
  readonly longTasks: number;
}

export const p2: Goal = {
  id: 'p2',
  what: `webhook to painted row at ${PER_SECOND} a second`,
  measure: async (setting) => {
    const browser = await openBrowser();
    const gateway = await openStation<GatewayStation>(
      'gateway-station.ts',
      setting.profile === null ? {} : { profile: setting.profile },
    );
    try {
      const url = await gateway.ask('open', { dataDir: path.join(setting.folder, 'gateway') });
      const pairing = { gateway: url, code: await gateway.ask('pairingCode', null) };
      const host = await Host.start({ data: path.join(setting.folder, 'desk'), pairing, profile: setting.profile });
      const screen = await openScreen(browser, host);
      try {
        return await rounds(setting, screen, new URL(`/v1/webhooks/${SOURCE}`, url));
      } finally {
        await screen.close();
        await host.close();
      }
    } finally {
      await gateway.close();
      await browser.close();
    }
  },
};

async function rounds(setting: BenchSetting, screen: Screen, url: URL): Promise<Figure[]> {
  const ours: Round[] = [];
  const bare: number[][] = [];
  const length = setting.quick ? 1 : SECONDS;
  await toPaint(screen, url, 'warm', setting.quick ? 1 : WARM_UP_SECONDS);
  for (let n = 0; n < setting.rounds; n += 1) {
    bare.push(await echoes(length));
    ours.push(await toPaint(screen, url, `p2-${n}`, length));
    const { latencies = [] } = ours.at(-1) ?? {};
    setting.say(`round ${n + 1}: p50 ${quantile(latencies, 0.5)} ms, p99 ${quantile(latencies, 0.99)} ms`);
  }
  const figure = (what: string, share: number, atMost: number): Figure => {
    const anchor = spreadWritten(
      bare.map((each) => quantile(each, share)),
      { ...milliseconds, digits: 2 },
    );
    const values = ours.map(({ latencies }) => quantile(latencies, share));
    return valueFigure({ goal: 'P2', what, bound: { atMost }, unit: milliseconds }, values, anchor);
  };
  const long = { goal: 'P2', what: 'tasks over 50 ms in the page', bound: { atMost: 0 }, unit: count };
  return [
    figure('webhook to painted row, p50', 0.5, 25),
    figure('webhook to painted row, p99', 0.99, 60),
    valueFigure(
      long,
      ours.map(({ longTasks }) => longTasks),
    ),
  ];
}

/** Round trips at a pace five times as fast, by Socket.IO alone. @returns milliseconds */
async function echoes(seconds: number): Promise<number[]> {
  const server = await openStation<EchoServer>('echo-server.ts');
  const socket = io(await server.ask('open', null), { transports: ['websocket'], reconnection: false });
  const times: number[] = [];
  try {
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    const asked: Promise<void>[] = [];
    await atSteadyPace(ECHOES_PER_SECOND, ECHOES_PER_SECOND * seconds, (n) => {
      const from = performance.now();
      asked.push(socket.emitWithAck('echo', { n }).then(() => void times.push(performance.now() - from)));
    });
    await Promise.all(asked);
  } finally {
    socket.close();
    await server.close();
  }
  return times;
}

/**
 * Every webhook brings an order that a person has to look at, so that its row comes to the top of the queue. One that
 * others had pushed out of sight before the next paint counts as painted with the first later one that was.
 */
async function toPaint(screen: Screen, url: URL, series: string, seconds: number): Promise<Round> {
  await screen.watch.clear();
  const total = PER_SECOND * seconds;
  const lines = new LinePool(url);
  const sentAt: number[] = [];
  const answers: Promise<void>[] = [];
  await atSteadyPace(PER_SECOND, total, (n) => {
    const { reference, request } = shortPayment(url, series, n);
    sentAt.push(Date.now());
    answers.push(taken(lines, request, reference));
  });
  await Promise.all(answers);
  lines.end();
  const last = shortPayment(url, series, total - 1).reference;
  await screen.page.waitForFunction((reference) => reference in window.benchLog.painted, last, {
    timeout: PAINTED_MOST_MS,
  });
  const { painted, longTasks } = await screen.watch.read();
  const paintedAt = sentAt.map((_, n) => painted[shortPayment(url, series, n).reference] ?? Number.POSITIVE_INFINITY);
  const shownAt = firstFromHere(paintedAt);
  return { latencies: sentAt.map((at, n) => (shownAt[n] ?? Number.NaN) - at), longTasks: longTasks.length };
}

async function taken(lines: LinePool, request: Buffer, reference: string): Promise<void> {
  const status = await lines.exchange(request);
  if (status !== 200) throw new Error(`the webhook of ${reference} was answered with ${status ?? 'nothing'}`);
}

/** The least of each value and all that follow it. */
function firstFromHere(values: readonly number[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  return values
    .toReversed()
    .map((value) => (least = Math.min(least, value)))
    .reverse();
}

/** Too little came: the order is underpaid, and somebody has to look at it. */
function shortPayment(url: URL, series: string, n: number): { reference: string; request: Buffer } {
  const now = Date.now();
  const payment = benchPayment(`${series}-${n}`, `R-${series}-${n}`, now);
  const { body, delivery } = webhook(payment, 'funded');
  const short = {
    delivery,
    body: body.replace('"amount":"25.0","is_within_threshold":true', '"amount":"20.0","is_within_threshold":false'),
  };
  if (short.body === body) throw new Error('the webhook is not of the shape this needs');
  return { reference: payment.reference, request: postRequest(url, signedHeaders(short, now), short.body) };
}
