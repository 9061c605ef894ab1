import type { Envelope, PushPayload, RequestInput, RequestOutput } from './ipc.ts';

/**
 * The door a renderer sees, the same under every host: one named function a request, one subscription a push.
 * A request that fails rejects with an Error that carries `code`.
 */
export interface TillwatchBridge {
  appInfo(input: RequestInput<'app.info'>): Promise<RequestOutput<'app.info'>>;
  attachDesk(input: RequestInput<'desk.attach'>): Promise<RequestOutput<'desk.attach'>>;
  retryConnection(input: RequestInput<'connection.retry'>): Promise<RequestOutput<'connection.retry'>>;
  previewPairing(input: RequestInput<'pairing.preview'>): Promise<RequestOutput<'pairing.preview'>>;
  pair(input: RequestInput<'pairing.pair'>): Promise<RequestOutput<'pairing.pair'>>;
  forgetPairing(input: RequestInput<'pairing.forget'>): Promise<RequestOutput<'pairing.forget'>>;
  startDemo(input: RequestInput<'demo.start'>): Promise<RequestOutput<'demo.start'>>;
  readOrder(input: RequestInput<'order.read'>): Promise<RequestOutput<'order.read'>>;
  findOrders(input: RequestInput<'orders.find'>): Promise<RequestOutput<'orders.find'>>;
  readDelivery(input: RequestInput<'delivery.read'>): Promise<RequestOutput<'delivery.read'>>;
  sendCommand(input: RequestInput<'command.send'>): Promise<RequestOutput<'command.send'>>;
  commandStatus(input: RequestInput<'command.status'>): Promise<RequestOutput<'command.status'>>;
  runDoctor(input: RequestInput<'doctor.run'>): Promise<RequestOutput<'doctor.run'>>;
  readSettings(input: RequestInput<'settings.read'>): Promise<RequestOutput<'settings.read'>>;
  writeSettings(input: RequestInput<'settings.write'>): Promise<RequestOutput<'settings.write'>>;
  readProxy(input: RequestInput<'proxy.read'>): Promise<RequestOutput<'proxy.read'>>;
  writeProxy(input: RequestInput<'proxy.write'>): Promise<RequestOutput<'proxy.write'>>;
  readReplayRange(input: RequestInput<'replay.range'>): Promise<RequestOutput<'replay.range'>>;
  readReplay(input: RequestInput<'replay.orders'>): Promise<RequestOutput<'replay.orders'>>;
  pageOrders(input: RequestInput<'orders.page'>): Promise<RequestOutput<'orders.page'>>;
  readConnectionHistory(input: RequestInput<'connection.history'>): Promise<RequestOutput<'connection.history'>>;
  listQuarantine(input: RequestInput<'quarantine.list'>): Promise<RequestOutput<'quarantine.list'>>;
  saveFile(input: RequestInput<'file.save'>): Promise<RequestOutput<'file.save'>>;
  exportCase(input: RequestInput<'case.export'>): Promise<RequestOutput<'case.export'>>;
  makeDiagnostics(input: RequestInput<'diagnostics.bundle'>): Promise<RequestOutput<'diagnostics.bundle'>>;
  listGateways(input: RequestInput<'gateways.list'>): Promise<RequestOutput<'gateways.list'>>;
  addGateway(input: RequestInput<'gateways.add'>): Promise<RequestOutput<'gateways.add'>>;
  switchGateway(input: RequestInput<'gateways.switch'>): Promise<RequestOutput<'gateways.switch'>>;
  forgetGateway(input: RequestInput<'gateways.forget'>): Promise<RequestOutput<'gateways.forget'>>;
  /** @returns a function that ends the subscription */
  onDeskState(listener: (payload: PushPayload<'desk.state'>) => void): () => void;
  onDeskOrders(listener: (payload: PushPayload<'desk.orders'>) => void): () => void;
  onDeskUnmatched(listener: (payload: PushPayload<'desk.unmatched'>) => void): () => void;
  onDeskMoments(listener: (payload: PushPayload<'desk.moments'>) => void): () => void;
  onDeskNotice(listener: (payload: PushPayload<'desk.notice'>) => void): () => void;
  onDeskDoctor(listener: (payload: PushPayload<'desk.doctor'>) => void): () => void;
  onSettings(listener: (payload: PushPayload<'desk.settings'>) => void): () => void;
}

/** What the preload script shows a page: the same named functions, their results in envelopes. */
export type TillwatchHost = {
  readonly [F in keyof TillwatchBridge]: TillwatchBridge[F] extends (input: infer Input) => Promise<infer Output>
    ? (input: Input) => Promise<Envelope<Output>>
    : TillwatchBridge[F];
};
