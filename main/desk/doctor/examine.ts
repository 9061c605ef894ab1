import { doctorFindings, doctorStepNames } from '../../../contract/doctor.ts';
import type { DoctorReport, DoctorStep, DoctorStepName } from '../../../contract/doctor.ts';
import type { Position } from '../../../contract/protocol.ts';
import { GatewayApi } from '../connection/gateway-api.ts';
import { HttpClient } from '../connection/http-client.ts';
import { networkAgent } from '../connection/network-agent.ts';
import type { Pairing } from '../pairing/pairing.ts';
import { found } from './found.ts';
import type { Checked, Found } from './found.ts';
import { isPairing, targetOf } from './patient.ts';
import type { Instruments, Patient, Target } from './patient.ts';
import { probeCertificate } from './probe-certificate.ts';
import { probePolling, probeWebSocket } from './probe-engine.ts';
import { probeClock, probeHttp, probeJoin, probeResume, probeTicket } from './probe-gateway.ts';
import { probeProxy } from './probe-proxy.ts';
import type { Passage } from './probe-proxy.ts';
import { probeName, probeReach } from './probe-reach.ts';

/**
 * Examines the way to a gateway step by step, until one ends it. It uses tickets and sockets of its own, and neither
 * subscribes nor changes anything, so that a connection that lives beside it goes on undisturbed.
 * @param told called with the report so far whenever a step begins or ends
 * @throws the reason of the instruments' signal when it is ended before the end
 */
export async function examine(
  patient: Patient,
  instruments: Instruments,
  told: (report: DoctorReport) => void,
): Promise<DoctorReport> {
  const target = targetOf(patient.gateway);
  const notes = new Notes(patient.gateway, instruments, told);
  if (await reach(target, instruments, notes)) await speak(target, patient, instruments, notes);
  return notes.close();
}

/** What is written down while it goes on. */
class Notes {
  readonly #gateway: string;
  readonly #time: Instruments['time'];
  readonly #startedAt: number;
  readonly #told: (report: DoctorReport) => void;
  readonly #steps: DoctorStep[] = [];
  #running: DoctorStepName | null = null;

  constructor(gateway: string, { time }: Instruments, told: (report: DoctorReport) => void) {
    this.#gateway = gateway;
    this.#time = time;
    this.#startedAt = Math.round(time.now());
    this.#told = told;
  }

  /** Takes a step and measures it. @returns what the next steps need, null where it did not go well */
  async take<T>(step: DoctorStepName, run: () => Promise<Checked<T>>): Promise<T | null> {
    this.#running = step;
    this.#tell();
    const from = this.#time.monotonic();
    const { found, value } = await run();
    this.#write(step, found, Math.max(0, Math.round((this.#time.monotonic() - from) * 10) / 10));
    return value;
  }

  /** Takes a step that nothing else needs. */
  async look(step: DoctorStepName, run: () => Promise<Found>): Promise<void> {
    await this.take(step, async () => ({ found: await run(), value: null }));
  }

  /** Writes down what was known without trying. */
  skip(step: DoctorStepName, found: Found): void {
    this.#write(step, found, null);
  }

  close(): DoctorReport {
    const taken = new Set(this.#steps.map(({ step }) => step));
    for (const step of doctorStepNames) if (!taken.has(step)) this.#write(step, found('not-reached'), null);
    this.#running = null;
    return this.#tell();
  }

  #write(step: DoctorStepName, { finding, params }: Found, ms: number | null): void {
    this.#steps.push({ step, finding, result: doctorFindings[finding], params, ms });
  }

  #tell(): DoctorReport {
    const report: DoctorReport = {
      gateway: this.#gateway,
      startedAt: this.#startedAt,
      running: this.#running,
      steps: [...this.#steps],
    };
    this.#told(report);
    return report;
  }
}

/** Proxy, name, network, certificate. @returns whether the gateway can be spoken to */
async function reach(target: Target, instruments: Instruments, notes: Notes): Promise<boolean> {
  const passage = await notes.take('proxy', () => probeProxy(target, instruments));
  if (!passage) return false;
  try {
    const address = await addressOf(target, passage, instruments, notes);
    if (address === null) return false;
    return (await notes.take('tls', () => probeCertificate(target, passage, address, instruments))) ?? false;
  } finally {
    if (passage.by === 'proxy') passage.tunnel.destroy();
  }
}

async function addressOf(
  target: Target,
  passage: Passage,
  instruments: Instruments,
  notes: Notes,
): Promise<string | null> {
  if (passage.by === 'proxy') {
    notes.skip('name', found('name-by-proxy'));
    notes.skip('tcp', found('tcp-by-proxy'));
    return target.host;
  }
  const addresses = await notes.take('name', () => probeName(target, instruments));
  return addresses && notes.take('tcp', () => probeReach(target, addresses, instruments));
}

/** Everything above TLS, the way the desk goes. */
async function speak(target: Target, patient: Patient, instruments: Instruments, notes: Notes): Promise<void> {
  const agent = await networkAgent(instruments.network, target.gateway);
  const hangUp = (): void => agent.destroy();
  instruments.signal.addEventListener('abort', hangUp, { once: true });
  try {
    const http = new HttpClient(target.gateway, agent, instruments.time);
    if (!(await notes.take('http', () => probeHttp(http, instruments)))) return;
    await notes.look('polling', () => probePolling(target, agent, instruments));
    await notes.look('websocket', () => probeWebSocket(target, agent, instruments));
    const { identity } = patient;
    if (!isPairing(identity)) {
      notes.skip('ticket', identity);
      return;
    }
    const { timing } = instruments;
    const api = new GatewayApi(http, identity, { ...timing, answerMost: timing.doctorStepMost });
    const ticket = await notes.take('ticket', () => probeTicket(api, identity, instruments));
    if (ticket === null) return;
    const heads = await notes.take('clock', () => probeClock(api, instruments));
    if (patient.connected()) notes.skip('join', found('join-in-use'));
    else await notes.look('join', () => probeJoin(ticket, agent, target, instruments));
    if (heads) await resume(identity, heads, { api, patient, instruments, notes });
  } finally {
    instruments.signal.removeEventListener('abort', hangUp);
    agent.destroy();
    instruments.signal.throwIfAborted();
  }
}

interface Resuming {
  readonly api: GatewayApi;
  readonly patient: Patient;
  readonly instruments: Instruments;
  readonly notes: Notes;
}

/** Where this profile's journal is not at hand, the gateway's own newest stands for it: reading is what is tried. */
async function resume(
  { stores }: Pairing,
  heads: ReadonlyMap<string, Position>,
  { api, patient, instruments, notes }: Resuming,
): Promise<void> {
  const after = patient.positions ?? heads;
  for (const store of stores) {
    await notes.look('resume', () => probeResume(api, store, after.get(store.id) ?? null, instruments));
  }
}
