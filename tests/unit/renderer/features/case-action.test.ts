import { describe, expect, test } from 'vitest';
import type { CommandView } from '../../../../contract/ipc.ts';
import type { Order } from '../../../../contract/order.ts';
import { commandRoles } from '../../../../contract/protocol.ts';
import { actionsOf, commandOf, commandsOn } from '../../../../renderer/features/case/actions/case-action.ts';
import type { Doer } from '../../../../renderer/features/case/actions/case-action.ts';
import { stateWords } from '../../../../renderer/features/case/actions/action-words.ts';
import { createStrings } from '../../../../renderer/strings/create-strings.ts';

const order: Order = {
  id: 'ord_1',
  store: 'main',
  source: 'shop',
  sourceRef: 'r1',
  reference: 'A-1',
  price: { currency: 'USD', amount: '19.99' },
  live: true,
  pay: [],
  status: 'paid',
  createdAt: 1,
  expiresAt: 2,
  graceUntil: 3,
  payments: [],
  received: [],
  refunds: [],
  flags: [],
  verdict: 'release',
  diagnosis: [],
  notes: [],
  updatedAt: 1,
  updatedSeq: 1,
};
const me: Doer = { role: 'admin', deskId: 'desk_1', past: false, current: true, commands: [] };
const names = (changes: Partial<Order>, doer: Partial<Doer> = {}) =>
  actionsOf({ ...order, ...changes }, { ...me, ...doer }).map(({ name }) => name);
const command = (name: string, state: CommandView['state'], changes: Partial<CommandView> = {}): CommandView => ({
  ...{ id: crypto.randomUUID(), store: 'main', order: 'ord_1', name, state, givenAt: 1 },
  ...changes,
});

describe('who may do what', () => {
  test.each([
    ['staff', ['release', 'claim', 'note', 'recheck', 'hand-over']],
    ['support', ['release', 'claim', 'note', 'recheck', 'hand-over', 'resolve']],
    ['admin', ['release', 'claim', 'note', 'recheck', 'hand-over', 'resolve', 'override-verdict']],
  ] as const)('%s: %j, as the gateway would let it', (role, allowed) => {
    expect(names({}, { role })).toEqual(allowed);
    const rank = ['staff', 'support', 'admin'];
    for (const name of allowed)
      expect(rank.indexOf(commandRoles[commandOf[name]])).toBeLessThanOrEqual(rank.indexOf(role));
  });

  test('nothing is handed over or resolved twice, and test orders are never handed over', () => {
    expect(names({ releasedAt: 5 })).not.toContain('release');
    expect(names({ resolvedAt: 5 })).not.toContain('resolve');
    expect(names({ live: false, verdict: 'test' })).not.toContain('release');
    expect(names({ live: false, verdict: 'test' })).not.toContain('override-verdict');
  });

  test('who is on a case may leave it, and only support may take it off somebody else', () => {
    const mine = { claimedBy: { deskId: 'desk_1', name: 'Front' } };
    const theirs = { claimedBy: { deskId: 'desk_2', name: 'Back' } };
    expect(names(mine, { role: 'staff' })).toContain('unclaim');
    expect(names(mine, { role: 'staff' })).not.toContain('claim');
    expect(names(theirs, { role: 'staff' })).not.toContain('unclaim');
    expect(names(theirs, { role: 'staff' })).not.toContain('hand-over');
    expect(names(theirs, { role: 'support' })).toContain('hand-over');
    expect(names(theirs, { role: 'support' })).toContain('unclaim');
  });
});

describe('what cannot be done now', () => {
  test('[FR4] nothing is decided on a picture that is not current', () => {
    for (const { blocked } of actionsOf(order, { ...me, current: false })) expect(blocked).toBe('not-current');
  });

  test('[FR6] nothing is done to a past moment, and it says so rather than that the screen is not live', () => {
    for (const { blocked } of actionsOf(order, { ...me, past: true, current: false })) expect(blocked).toBe('past');
  });

  test('leaving and handing over are one command, and neither is given while the other is under way', () => {
    const mine = { ...order, claimedBy: { deskId: 'desk_1', name: 'Front' } };
    const blocked = actionsOf(mine, { ...me, commands: [command('unclaim', 'pending')] })
      .filter((each) => each.blocked !== null)
      .map(({ name }) => name);
    expect(blocked).toEqual(['unclaim', 'hand-over']);
  });

  test.each(['wait', 'hold'] as const)('[FR4] handing over against %s is said twice', (verdict) => {
    const release = (given: Order['verdict']) =>
      actionsOf({ ...order, verdict: given }, me).find(({ name }) => name === 'release');
    expect(release(verdict)?.against).toBe(true);
    expect(release('release')?.against).toBe(false);
  });

  test.each(['pending', 'unknown'] as const)('[CM3] a command that is %s is not given again', (state) => {
    const commands = [command('recheck', state), command('note', state)];
    const blocked = actionsOf(order, { ...me, commands }).filter((each) => each.blocked !== null);
    expect(blocked).toEqual([{ name: 'recheck', blocked: 'under-way', against: false }]);
  });

  test('neither a settled command nor one on another order stands in the way', () => {
    const elsewhere = [
      command('claim', 'pending', { order: 'ord_2' }),
      command('resolve', 'unknown', { store: 'two' }),
    ];
    const commands = [...elsewhere, command('recheck', 'done'), command('release', 'failed')];
    expect(actionsOf(order, { ...me, commands }).every(({ blocked }) => blocked === null)).toBe(true);
    expect(commandsOn(order, commands).map(({ name }) => name)).toEqual(['release', 'recheck']);
  });
});

test('[CM3] an unknown outcome is called neither done nor failed', () => {
  const { tell } = createStrings('en', []);
  expect(stateWords(command('claim', 'unknown'), tell).key).toBe('command.unknown');
  expect(stateWords(command('claim', 'pending'), tell).key).toBe('command.pending');
  const error = { code: 'conflict', message: 'taken' };
  expect(stateWords(command('claim', 'failed', { error }), tell)).toEqual({
    key: 'command.failed',
    params: { reason: 'taken' },
  });
});
