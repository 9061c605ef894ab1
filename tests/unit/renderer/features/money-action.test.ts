import { describe, expect, it } from 'vitest';
import type { CommandView } from '../../../../contract/ipc.ts';
import {
  canAttach,
  decides,
  moneyBlocked,
  moneyCommands,
} from '../../../../renderer/features/unmatched/money-action.ts';

const ID = '00000000-0000-4000-8000-000000000001';
const command = (state: CommandView['state'], changes: Partial<CommandView> = {}): CommandView => ({
  ...{ id: ID, store: 'main', order: null, name: 'dismiss-payment', state, givenAt: 1 },
  ...changes,
});

const payment = { store: 'main', id: 'eip155:1:0xab:0' };

describe('deciding on unmatched money', () => {
  it('is for support and admin', () => {
    expect((['staff', 'support', 'admin'] as const).map(decides)).toEqual([false, true, true]);
  });

  it('can be taken back for what was set aside, not for what is given or gone', () => {
    const states = ['open', 'dismissed', 'attached', 'vanished'] as const;
    expect(states.map((state) => canAttach({ state }))).toEqual([true, true, false, false]);
  });

  it('[CM3] waits until the gateway has said what became of the last decision, known or not', () => {
    const about = (state: CommandView['state'], changes: Partial<CommandView> = {}) =>
      moneyBlocked(payment, true, false, [command(state, { args: { paymentId: payment.id }, ...changes })]);
    expect(moneyBlocked(payment, true, false, [])).toBeNull();
    expect(moneyBlocked(payment, true, true, [])).toBe('under-way');
    expect(about('unknown')).toBe('under-way');
    expect(about('pending')).toBe('under-way');
    expect(about('failed')).toBeNull();
    expect(about('pending', { args: { paymentId: 'another' } })).toBeNull();
    expect(about('pending', { store: 'annex' })).toBeNull();
  });

  it('[FR2] is not for a screen that is not current', () => {
    expect(moneyBlocked(payment, false, false, [])).toBe('not-current');
  });

  it('tells its commands newest first, of the chosen store', () => {
    const commands = [command('done', { name: 'note' }), command('done'), command('failed', { store: 'annex' })];
    expect(moneyCommands(commands, null).map(({ store }) => store)).toEqual(['annex', 'main']);
    expect(moneyCommands(commands, 'main')).toHaveLength(1);
  });
});
