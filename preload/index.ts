/** The preload script: gives the page named functions and nothing else, so that a page can say only what is foreseen. */
import { contextBridge, ipcRenderer } from 'electron';
import type { TillwatchHost } from '../contract/bridge.ts';
import type { IpcResult, PushName, PushPayload, RequestInput, RequestName } from '../contract/ipc.ts';

function ask<R extends RequestName>(name: R, input: RequestInput<R>): Promise<IpcResult<R>> {
  return ipcRenderer.invoke(name, input) as Promise<IpcResult<R>>;
}

/** The event stays here: it carries the sender, through which a page could reach the whole of IPC. */
function listen<P extends PushName>(name: P, listener: (payload: PushPayload<P>) => void): () => void {
  const heard = (_event: unknown, payload: PushPayload<P>) => listener(payload);
  ipcRenderer.on(name, heard);
  return () => void ipcRenderer.off(name, heard);
}

const host: TillwatchHost = {
  appInfo: (input) => ask('app.info', input),
  attachDesk: (input) => ask('desk.attach', input),
  retryConnection: (input) => ask('connection.retry', input),
  previewPairing: (input) => ask('pairing.preview', input),
  pair: (input) => ask('pairing.pair', input),
  forgetPairing: (input) => ask('pairing.forget', input),
  startDemo: (input) => ask('demo.start', input),
  readOrder: (input) => ask('order.read', input),
  findOrders: (input) => ask('orders.find', input),
  readDelivery: (input) => ask('delivery.read', input),
  sendCommand: (input) => ask('command.send', input),
  commandStatus: (input) => ask('command.status', input),
  runDoctor: (input) => ask('doctor.run', input),
  readSettings: (input) => ask('settings.read', input),
  writeSettings: (input) => ask('settings.write', input),
  readProxy: (input) => ask('proxy.read', input),
  writeProxy: (input) => ask('proxy.write', input),
  readReplayRange: (input) => ask('replay.range', input),
  readReplay: (input) => ask('replay.orders', input),
  pageOrders: (input) => ask('orders.page', input),
  readConnectionHistory: (input) => ask('connection.history', input),
  listQuarantine: (input) => ask('quarantine.list', input),
  saveFile: (input) => ask('file.save', input),
  exportCase: (input) => ask('case.export', input),
  makeDiagnostics: (input) => ask('diagnostics.bundle', input),
  listGateways: (input) => ask('gateways.list', input),
  addGateway: (input) => ask('gateways.add', input),
  switchGateway: (input) => ask('gateways.switch', input),
  forgetGateway: (input) => ask('gateways.forget', input),
  onDeskState: (listener) => listen('desk.state', listener),
  onDeskOrders: (listener) => listen('desk.orders', listener),
  onDeskUnmatched: (listener) => listen('desk.unmatched', listener),
  onDeskMoments: (listener) => listen('desk.moments', listener),
  onDeskNotice: (listener) => listen('desk.notice', listener),
  onDeskDoctor: (listener) => listen('desk.doctor', listener),
  onSettings: (listener) => listen('desk.settings', listener),
};

contextBridge.exposeInMainWorld('tillwatchHost', host);
