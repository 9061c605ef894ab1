import { describe, expect, test } from 'vitest';
import type { Order } from '../../../../contract/order.ts';
import { orderlessCommands } from '../../../../contract/protocol.ts';
import type { CommandName, Role } from '../../../../contract/protocol.ts';
import type { UnmatchedPayment } from '../../../../contract/unmatched.ts';
import { CommandError } from '../../../../gateway/commands/command-error.ts';
import { checkCommand, decideCommand } from '../../../../gateway/commands/decide-command.ts';

const order = { id: 'o', live: true, pay: [], payments: [], notes: [], flags: ['late'] } as unknown as Order;
const payment = {
  ...{ id: 'p', state: 'open', seenAt: 7, confirmations: 0, candidates: [] },
  payment: { id: 'p', chain: 'eip155:1', amount: '5', required: 2 },
} as unknown as UnmatchedPayment;
const me = { deskId: 'd1', name: 'Counter' };
const other = { deskId: 'd2', name: 'Back office' };
const args: Record<CommandName, Record<string, unknown>> = {
  recheck: {},
  note: { text: 'x' },
  claim: {},
  unclaim: {},
  resolve: { reason: 'x' },
  release: {},
  'override-verdict': { verdict: 'hold', reason: 'x' },
  'name-transaction': { txHash: `0x${'AB'.repeat(32)}` },
  'attach-payment': { paymentId: 'p' },
  'dismiss-payment': { paymentId: 'p', reason: 'x' },
};

function outcome(
  name: CommandName,
  held: Order | undefined,
  role: Role = 'admin',
  money: UnmatchedPayment | undefined = payment,
  given: Record<string, unknown> = args[name],
): unknown {
  try {
    const command = { id: '', store: 'main', order: orderlessCommands.has(name) ? null : 'o', name, args: given };
    const subject = { order: held, payment: money };
    return decideCommand(checkCommand(command, role), subject, { actor: me, role }).map(({ kind, data }) => [
      kind,
      data,
    ]);
  } catch (error) {
    if (error instanceof CommandError) return error.code;
    throw error;
  }
}

test.each<[CommandName, Partial<Order>, Role, unknown]>([
  ['recheck', {}, 'staff', []],
  ['note', {}, 'staff', [['note.added', { text: 'x' }]]],
  ['claim', {}, 'staff', [['case.claimed', {}]]],
  ['claim', { claimedBy: me }, 'staff', []],
  ['claim', { claimedBy: other }, 'staff', 'conflict'],
  ['unclaim', {}, 'staff', []],
  ['unclaim', { claimedBy: me }, 'staff', [['case.unclaimed', {}]]],
  ['unclaim', { claimedBy: other }, 'staff', 'conflict'],
  ['unclaim', { claimedBy: other }, 'support', [['case.unclaimed', {}]]],
  ['release', {}, 'staff', [['order.released', {}]]],
  ['release', { releasedAt: 1 }, 'staff', 'conflict'],
  ['resolve', {}, 'staff', 'forbidden'],
  ['resolve', {}, 'support', [['case.resolved', { reason: 'x' }]]],
  ['override-verdict', {}, 'support', 'forbidden'],
  [
    'override-verdict',
    {},
    'admin',
    [['verdict.changed', { verdict: 'hold', reason: 'x', rule: 'override (known: late)' }]],
  ],
  ['override-verdict', { live: false }, 'admin', 'conflict'],
])('%s on %j by %s', (name, held, role, expected) => {
  expect(outcome(name, { ...order, ...held }, role)).toEqual(expected);
});

test.each<[Partial<Order>, Role, unknown]>([
  [{ claimedBy: me }, 'staff', [['case.unclaimed', { to: 'Maria' }]]],
  [{}, 'staff', [['case.unclaimed', { to: 'Maria' }]]],
  [{ claimedBy: other }, 'staff', 'conflict'],
  [{ claimedBy: other }, 'support', [['case.unclaimed', { to: 'Maria' }]]],
])('a case of %j is left to a colleague by %s', (held, role, expected) => {
  expect(outcome('unclaim', { ...order, ...held }, role, payment, { to: ' Maria ' })).toEqual(expected);
});

test('a colleague without a name is none', () => {
  for (const to of ['', '  ', 'x'.repeat(129)])
    expect(outcome('unclaim', order, 'staff', payment, { to })).toBe('invalid-args');
});

test('every command asks for an order that exists, but those that are about none', () => {
  for (const name of Object.keys(args) as CommandName[]) {
    if (!orderlessCommands.has(name)) expect(outcome(name, undefined)).toBe('unknown-order');
  }
  expect(outcome('dismiss-payment', undefined)).toEqual([['payment.dismissed', { paymentId: 'p', reason: 'x' }]]);
});

test('an order is named by every command that needs one, and by no other', () => {
  for (const name of Object.keys(args) as CommandName[]) {
    const wrong = orderlessCommands.has(name) ? 'o' : null;
    const command = { id: '', store: 'main', order: wrong, name, args: args[name] };
    expect(() => checkCommand(command, 'admin')).toThrow(/^order: /);
  }
});

describe('unmatched money', () => {
  test.each<[CommandName, Partial<UnmatchedPayment>, Partial<Order>, unknown]>([
    ['attach-payment', { state: 'attached', order: 'o' }, {}, 'conflict'],
    ['attach-payment', { state: 'vanished' }, {}, 'conflict'],
    ['attach-payment', {}, { live: false }, 'conflict'],
    ['attach-payment', {}, { payments: [{ id: 'p' }] as Order['payments'] }, 'conflict'],
    ['dismiss-payment', { state: 'attached', order: 'o' }, {}, 'conflict'],
    ['dismiss-payment', { state: 'vanished' }, {}, 'conflict'],
    ['dismiss-payment', { state: 'dismissed' }, {}, []],
  ])('%s of %j to %j', (name, money, held, expected) => {
    expect(outcome(name, { ...order, ...held }, 'support', { ...payment, ...money })).toEqual(expected);
  });

  test('attached in the pool it is seen; deep in a block it is settled', () => {
    const attached = ['payment.attached', { paymentId: 'p', order: 'o' }];
    const detected = ['payment.detected', { payment: payment.payment }];
    expect(outcome('attach-payment', order, 'support')).toEqual([attached, detected]);
    const block = { number: 5, hash: '0xb' };
    expect(outcome('attach-payment', order, 'support', { ...payment, block, confirmations: 2 })).toEqual([
      attached,
      detected,
      ['payment.confirmations', { paymentId: 'p', confirmations: 2, required: 2, block }],
      ['payment.settled', { paymentId: 'p' }],
    ]);
  });

  test('what was dismissed is told anew before it is attached', () => {
    const kinds = outcome('attach-payment', order, 'support', { ...payment, state: 'dismissed' }) as [string][];
    expect(kinds.map(([kind]) => kind)).toEqual(['payment.unmatched', 'payment.attached', 'payment.detected']);
  });

  test('staff may do neither, and what is not there is unknown', () => {
    for (const name of ['attach-payment', 'dismiss-payment'] as const) {
      expect(outcome(name, order, 'staff')).toBe('forbidden');
    }
    const none = { order, payment: undefined };
    const attach = { name: 'attach-payment', args: { paymentId: 'q' } } as const;
    expect(() => decideCommand(attach, none, { actor: me, role: 'support' })).toThrow(
      expect.objectContaining({ code: 'unknown-payment' }),
    );
  });
});

describe('a transaction that the customer named', () => {
  const hash = 'ab'.repeat(32);
  const on = (...chains: (string | null)[]) =>
    ({ ...order, pay: chains.map((chain) => ({ chain })) }) as unknown as Order;
  const named = (held: Order, txHash: string, chain?: string) => {
    const name = { name: 'name-transaction', args: { txHash, ...(chain !== undefined && { chain }) } } as const;
    return decideCommand(name, { order: held }, { actor: me, role: 'staff' }).map(({ data }) => data);
  };

  test('is written as its chain writes it', () => {
    expect(named(on('eip155:1'), hash.toUpperCase())).toEqual([{ chain: 'eip155:1', txHash: `0x${hash}` }]);
    expect(named(on('bip122:0'), `0x${hash}`)).toEqual([{ chain: 'bip122:0', txHash: hash }]);
    expect(named(on('eip155:1', 'bip122:0'), `0X${hash}`)).toEqual([{ chain: null, txHash: `0x${hash}` }]);
    expect(named(on('eip155:1', 'bip122:0'), hash, 'bip122:0')).toEqual([{ chain: 'bip122:0', txHash: hash }]);
    expect(named(on(null), 'Sig58'.repeat(16))).toEqual([{ chain: null, txHash: 'Sig58'.repeat(16) }]);
  });

  test('is kept once, and not without end', () => {
    const one = { chain: 'eip155:1', txHash: `0x${hash}`, at: 1 };
    expect(named({ ...on('eip155:1'), namedTransactions: [one] }, hash)).toEqual([]);
    const many = Array.from({ length: 20 }, (_, n) => ({ ...one, txHash: `0x${n}` }));
    expect(() => named({ ...on('eip155:1'), namedTransactions: many }, hash)).toThrow(/20/);
  });
});
