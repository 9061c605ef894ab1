import { describe, expect, it } from 'vitest';
import { holderOf } from '../../../../renderer/store/case-holder.ts';

const self = { id: 'desk_1', name: 'Back office' };
const ana = { deskId: 'desk_2', name: 'Ana' };
const left = (name: string) => ({ handedTo: { name, at: 1, by: ana } });

describe('whose case an order is', () => {
  it('is nobody’s while nobody took it and it was left to nobody', () => {
    expect(holderOf({}, self)).toBeNull();
  });

  it('is the desk’s that took it, also where another desk has the same name', () => {
    expect(holderOf({ claimedBy: ana }, self)).toEqual({ name: 'Ana', left: false, own: false });
    expect(holderOf({ claimedBy: { deskId: 'desk_1', name: 'Old name' } }, self)?.own).toBe(true);
    expect(holderOf({ claimedBy: { deskId: 'desk_9', name: 'Back office' } }, self)?.own).toBe(false);
  });

  it('is for whom it was left until somebody takes it, by a name as people type it', () => {
    expect(holderOf(left('Maria'), self)).toEqual({ name: 'Maria', left: true, own: false });
    expect(holderOf(left('  back  OFFICE '), self)?.own).toBe(true);
    expect(holderOf({ ...left('Back office'), claimedBy: ana }, self)).toEqual({
      name: 'Ana',
      left: false,
      own: false,
    });
  });

  it('is nobody’s once it is resolved, and nobody is oneself while that is not known', () => {
    expect(holderOf({ claimedBy: ana, resolvedAt: 2 }, self)).toBeNull();
    expect(holderOf({ claimedBy: ana }, null)?.own).toBe(false);
    expect(holderOf(left(''), null)?.own).toBe(false);
  });
});
