/** The bridge of a page under Electron: its preload script answers in envelopes, which become values or rejections. */
import type { TillwatchBridge, TillwatchHost } from '../../contract/bridge.ts';
import type { Envelope } from '../../contract/ipc.ts';
import { RequestError } from './request-error.ts';

async function opened<Output>(envelope: Promise<Envelope<Output>>): Promise<Output> {
  const result = await envelope;
  if (result.ok) return result.output;
  throw new RequestError(result.error);
}

export function createElectronBridge(host: TillwatchHost): TillwatchBridge {
  return {
    appInfo: (input) => opened(host.appInfo(input)),
    attachDesk: (input) => opened(host.attachDesk(input)),
    retryConnection: (input) => opened(host.retryConnection(input)),
    previewPairing: (input) => opened(host.previewPairing(input)),
    pair: (input) => opened(host.pair(input)),
    forgetPairing: (input) => opened(host.forgetPairing(input)),
    startDemo: (input) => opened(host.startDemo(input)),
    readOrder: (input) => opened(host.readOrder(input)),
    findOrders: (input) => opened(host.findOrders(input)),
    readDelivery: (input) => opened(host.readDelivery(input)),
    sendCommand: (input) => opened(host.sendCommand(input)),
    commandStatus: (input) => opened(host.commandStatus(input)),
    runDoctor: (input) => opened(host.runDoctor(input)),
    readSettings: (input) => opened(host.readSettings(input)),
    writeSettings: (input) => opened(host.writeSettings(input)),
    readProxy: (input) => opened(host.readProxy(input)),
    writeProxy: (input) => opened(host.writeProxy(input)),
    readReplayRange: (input) => opened(host.readReplayRange(input)),
    readReplay: (input) => opened(host.readReplay(input)),
    pageOrders: (input) => opened(host.pageOrders(input)),
    readConnectionHistory: (input) => opened(host.readConnectionHistory(input)),
    listQuarantine: (input) => opened(host.listQuarantine(input)),
    saveFile: (input) => opened(host.saveFile(input)),
    exportCase: (input) => opened(host.exportCase(input)),
    makeDiagnostics: (input) => opened(host.makeDiagnostics(input)),
    listGateways: (input) => opened(host.listGateways(input)),
    addGateway: (input) => opened(host.addGateway(input)),
    switchGateway: (input) => opened(host.switchGateway(input)),
    forgetGateway: (input) => opened(host.forgetGateway(input)),
    onDeskState: (listener) => host.onDeskState(listener),
    onDeskOrders: (listener) => host.onDeskOrders(listener),
    onDeskUnmatched: (listener) => host.onDeskUnmatched(listener),
    onDeskMoments: (listener) => host.onDeskMoments(listener),
    onDeskNotice: (listener) => host.onDeskNotice(listener),
    onDeskDoctor: (listener) => host.onDeskDoctor(listener),
    onSettings: (listener) => host.onSettings(listener),
  };
}
