import { expect, test } from 'vitest';
import type { Order } from '../../../../contract/order.ts';
import type { CommandName, Role } from '../../../../contract/protocol.ts';
import { CommandError, checkCommand, decideCommand } from '../../../../gateway/commands/decide-command.ts';

const order = { id: 'o', live: true, payments: [], notes: [], flags: ['late'] } as unknown as Order;
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
};

function outcome(name: CommandName, held: Order | undefined, role: Role = 'admin'): unknown {
  try {
    const command = { id: '', store: 'main', order: 'o', name, args: args[name] };
    return decideCommand(checkCommand(command, role), held, { actor: me, role }).map(({ kind, data }) => [kind, data]);
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

test('every command asks for an order that exists', () => {
  for (const name of Object.keys(args)) expect(outcome(name as CommandName, undefined)).toBe('unknown-order');
});
