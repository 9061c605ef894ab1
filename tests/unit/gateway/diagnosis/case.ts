/** An order under diagnosis, and what happens to it. */
import { eventData } from '../../../../contract/events.ts';
import type { Finding, Order, PayOption, PaymentFact } from '../../../../contract/order.ts';
import { createDiagnose } from '../../../../gateway/diagnosis/evaluate.ts';
import { overrideRule } from '../../../../gateway/diagnosis/override.ts';
import type { DiagnosisPolicy, ReleaseRule } from '../../../../gateway/diagnosis/policy.ts';
import type { EventDraft } from '../../../../gateway/ledger.ts';
import { MemoryLedger } from '../sources/memory-ledger.ts';

export const NOW = 1_772_359_200_000;
export const EXPIRES = NOW + 600_000;
const rules: ReleaseRule[] = [
  { chain: 'eip155:1', upTo: { currency: 'USD', amount: '100' }, confirmations: 1 },
  { chain: 'eip155:1', confirmations: 12 },
];
export const eth: PayOption = {
  chain: 'eip155:1',
  asset: 'native',
  symbol: 'ETH',
  decimals: 18,
  address: '0xd0',
  amount: '8000000000000000',
};

export interface Setting {
  readonly rules?: readonly ReleaseRule[];
  readonly order?: Partial<Order>;
  readonly watched?: readonly string[];
  readonly source?: string;
  readonly policy?: Partial<DiagnosisPolicy>;
}

export class Case {
  readonly ledger: MemoryLedger;
  readonly #source: string;
  now = NOW;

  constructor({ rules: given = rules, order = {}, watched = ['eip155:1'], source = 'direct', policy }: Setting = {}) {
    const diagnose = createDiagnose({
      release: new Map([['main', given]]),
      watchedChains: new Set(watched),
      ...policy,
    });
    this.ledger = new MemoryLedger(() => this.now, diagnose);
    this.#source = source;
    const fact = {
      sourceRef: 'r',
      reference: 'A-1',
      price: { currency: 'USD', amount: '20' },
      pay: [eth],
      createdAt: NOW,
      expiresAt: EXPIRES,
      graceUntil: EXPIRES + 3_600_000,
      live: true,
      ...order,
    };
    this.add('order.created', { order: fact }, source);
  }

  add(kind: EventDraft['kind'], data: object, source = 'eip155:1', occurred: number | null = null): this {
    const draft = { kind, order: 'ord', source, occurred, sent: null, data: eventData[kind].parse(data) } as EventDraft;
    this.ledger.add('main', [{ order: 'ord', decide: () => [draft] }]);
    return this;
  }

  pays(changes: Partial<PaymentFact> = {}, seenAt = NOW + 1000, source = 'eip155:1'): this {
    const payment = {
      id: 'p',
      chain: 'eip155:1',
      asset: 'native',
      symbol: 'ETH',
      decimals: 18,
      amount: eth.amount,
      txHash: '0xaa',
      required: 12,
      witness: 'node',
      ...changes,
    };
    return this.add('payment.detected', { payment }, source, seenAt);
  }

  confirms(confirmations: number, paymentId = 'p'): this {
    return this.add('payment.confirmations', {
      paymentId,
      confirmations,
      required: 12,
      block: { number: 100, hash: '0xb' },
    });
  }

  settles(source = 'eip155:1', paymentId = 'p'): this {
    return this.add('payment.settled', { paymentId }, source);
  }

  gone(kind: 'payment.reorged' | 'payment.dropped' | 'payment.replaced' | 'payment.reverted'): this {
    return this.add(kind, {
      paymentId: 'p',
      reason: 'seen so',
      byTxHash: '0xbb',
      fromBlock: { number: 100, hash: '0xb' },
    });
  }

  expires(): this {
    this.now = EXPIRES;
    return this.add('order.expired', {}, this.#source, EXPIRES);
  }

  override(verdict: 'release' | 'hold' | 'wait', rule = overrideRule(this.order)): this {
    return this.add('verdict.changed', { verdict, rule, reason: 'the manager says so' }, 'command');
  }

  /** Looks at it again, nothing having happened. */
  later(ms: number): this {
    this.now += ms;
    this.ledger.reconsider('main', ['ord']);
    return this;
  }

  /** The gateway begins anew: what was observed is forgotten. */
  restart(at: number): this {
    this.now = at;
    this.ledger.forgetObservations(at);
    return this;
  }

  heardWebhook(): this {
    const draft: EventDraft = {
      ...{ kind: 'webhook.heard', order: 'ord', source: this.#source, occurred: null, sent: null, data: {} },
      raw: 'delivery',
    };
    this.ledger.add('main', [{ order: 'ord', decide: () => [draft] }]);
    return this;
  }

  find(code: string): Finding | undefined {
    return this.order.diagnosis.find((finding) => finding.code === code);
  }

  get order(): Order {
    return this.ledger.only;
  }

  get codes(): string[] {
    return this.order.diagnosis.map(({ code }) => code);
  }

  evidence(code: string): string {
    return this.order.diagnosis.find((finding) => finding.code === code)?.evidence.join('; ') ?? '';
  }
}
