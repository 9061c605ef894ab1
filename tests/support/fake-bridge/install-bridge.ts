/**
 * Runs in the page before its own scripts: a `window.tillwatchHost` that plays a scenario. Self-contained, because it
 * travels there as text. `window.fakeDesk` lets a test push more, and counts what was asked.
 */
import type { Scenario } from './scenario.ts';

type Listener = (payload: unknown) => void;

export interface FakeDesk {
  push(name: string, payload: unknown): void;
  readonly asked: { name: string; input: unknown }[];
}

export function installBridge(scenario: Scenario): void {
  const listeners = new Map<string, Set<Listener>>();
  const asked: FakeDesk['asked'] = [];
  let settings = scenario.settings;
  const { services } = scenario;
  let gateways = services.gateways;
  const push = (name: string, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(payload);
  };
  const on = (name: string) => (listener: Listener) => {
    const set = listeners.get(name) ?? new Set<Listener>();
    listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  };
  const fail = (code: string, message: string) => {
    throw Object.assign(new Error(message), { code });
  };
  const answer =
    (name: string, give: (input: Record<string, string>) => unknown) => (input: Record<string, string>) => {
      asked.push({ name, input });
      return Promise.resolve()
        .then(() => give(input))
        .then(
          (output: unknown) => ({ ok: true, output }),
          (error: unknown) => ({
            ok: false,
            error: { code: Reflect.get(Object(error), 'code'), message: String(error) },
          }),
        );
    };
  const writeSettings = (input: object) => {
    settings = { ...settings, ...(Reflect.get(input, 'changes') as object) };
    push('desk.settings', settings);
    return settings;
  };
  const attach = () => {
    setTimeout(() => {
      push('desk.settings', settings);
      push('desk.state', scenario.state);
      for (const page of scenario.orders) push('desk.orders', page);
      for (const money of scenario.unmatched) push('desk.unmatched', money);
      if (scenario.moments.length > 0) push('desk.moments', { moments: scenario.moments });
      for (const notice of scenario.notices) push('desk.notice', notice);
    });
    return {};
  };
  const preview = ({ link = '' }: Record<string, string>) => {
    const found = /gateway=([^&]+)&code=(.+)/.exec(link) ?? /^(\S+) (\S+)$/.exec(link);
    if (!found?.[1]) return fail('bad-link', 'This link does not pair.');
    const gateway = decodeURIComponent(found[1]);
    return { gateway, host: new URL(gateway).host, code: found[2] };
  };
  const delivery = ({ delivery: id = '' }: Record<string, string>) =>
    scenario.deliveryError
      ? fail(scenario.deliveryError.code, scenario.deliveryError.message)
      : {
          ...{ id, source: 'cdc', receivedAt: scenario.state.clock.gatewayNow, verified: true },
          headers: { 'content-type': 'application/json', 'pay-signature': 't=1795225502,v1=9f2c…' },
          body: '{"id":"evt_1","type":"payment.created","data":{"object":{"crypto_amount":"100000000000000000000"}}}',
        };
  const examine = async () => {
    const { doctor } = scenario;
    for (const n of doctor.steps.keys()) {
      push('desk.doctor', { ...doctor, running: doctor.steps[n]?.step ?? null, steps: doctor.steps.slice(0, n) });
      await new Promise((resolve) => setTimeout(resolve));
    }
    push('desk.doctor', doctor);
    return doctor;
  };
  const replay = (input: object) => {
    const at = Number(Reflect.get(input, 'at'));
    const { from } = services.replayRange;
    const complete = from !== null && at >= from;
    const picture = services.replays.findLast((each) => each.at <= at);
    const orders = complete ? (picture?.orders ?? []) : [];
    return { at, seq: picture?.seq ?? 0, orders, total: orders.length, complete, next: null };
  };
  const pageOrders = (input: object) => {
    const [store, from, to] = ['store', 'from', 'to'].map((name) => Reflect.get(input, name) as unknown);
    const all = scenario.orders
      .flatMap(({ orders }) => orders)
      .filter((order) => store === null || order.store === store)
      .filter(({ createdAt }) => createdAt >= Number(from ?? 0) && createdAt < Number(to ?? Infinity))
      .sort((a, b) => a.createdAt - b.createdAt);
    const start = Number(Reflect.get(input, 'cursor') ?? 0);
    const end = Math.min(start + 500, all.length);
    return { orders: all.slice(start, end), total: all.length, next: end < all.length ? String(end) : null };
  };
  const known = (id: string) =>
    gateways.some((each) => each.id === id) ? {} : fail('unknown-gateway', 'This device is not paired with it.');
  const switchTo = ({ id = '' }: Record<string, string>) => {
    known(id);
    gateways = gateways.map((each) => ({ ...each, shown: each.id === id }));
    return {};
  };
  const forget = ({ id = '' }: Record<string, string>) => {
    known(id);
    gateways = gateways.filter((each) => each.id !== id);
    return {};
  };
  const saved = (input: object) => {
    const { outcome } = services.save;
    return outcome === 'failed' ? fail('not-kept', 'The disk is full.') : { ...input, outcome };
  };
  Object.assign(window, {
    fakeDesk: { push, asked } satisfies FakeDesk,
    tillwatchHost: {
      appInfo: answer('app.info', () => scenario.info),
      attachDesk: answer('desk.attach', attach),
      retryConnection: answer('connection.retry', () => ({})),
      previewPairing: answer('pairing.preview', preview),
      pair: answer('pairing.pair', () => fail('bad-code', 'no')),
      forgetPairing: answer('pairing.forget', () => ({})),
      startDemo: answer('demo.start', () => ({})),
      readOrder: answer(
        'order.read',
        ({ order = '' }) => scenario.histories[order] ?? fail('unknown-order', 'unknown'),
      ),
      findOrders: answer('orders.find', ({ q = '' }) => {
        const orders = scenario.orders.flatMap((push) => push.orders).filter(({ reference }) => reference.includes(q));
        return scenario.found?.[q] ?? { orders, unmatched: [], matches: [], from: 'gateway', more: false };
      }),
      readDelivery: answer('delivery.read', delivery),
      sendCommand: answer('command.send', () => ({ id: crypto.randomUUID(), state: 'done' })),
      commandStatus: answer('command.status', ({ id = '' }) => ({ id, state: 'done', result: scenario.results[id] })),
      runDoctor: answer('doctor.run', examine),
      readSettings: answer('settings.read', () => settings),
      writeSettings: answer('settings.write', writeSettings),
      readProxy: answer('proxy.read', () => ({ settings: { mode: 'system' }, editable: true, inUse: null })),
      writeProxy: answer('proxy.write', ({ settings: proxy }) => ({ settings: proxy, editable: true, inUse: null })),
      readReplayRange: answer('replay.range', () => services.replayRange),
      readReplay: answer('replay.orders', replay),
      pageOrders: answer('orders.page', pageOrders),
      readConnectionHistory: answer('connection.history', () => ({ segments: services.segments })),
      listQuarantine: answer('quarantine.list', () => ({ events: services.quarantine })),
      saveFile: answer('file.save', saved),
      exportCase: answer('case.export', ({ order = '' }) => ({
        ...{ suggestedName: `tillwatch-case-${order}.json`, mediaType: 'application/json', encoding: 'utf8' },
        parts: [JSON.stringify(scenario.histories[order] ?? fail('unknown-order', 'unknown'))],
      })),
      makeDiagnostics: answer('diagnostics.bundle', () => services.diagnostics),
      listGateways: answer('gateways.list', () => ({ gateways })),
      addGateway: answer('gateways.add', () => fail('bad-code', 'no')),
      switchGateway: answer('gateways.switch', switchTo),
      forgetGateway: answer('gateways.forget', forget),
      onDeskState: on('desk.state'),
      onDeskOrders: on('desk.orders'),
      onDeskUnmatched: on('desk.unmatched'),
      onDeskMoments: on('desk.moments'),
      onDeskNotice: on('desk.notice'),
      onDeskDoctor: on('desk.doctor'),
      onSettings: on('desk.settings'),
    },
  });
}
