import { describe, expect, it } from 'vitest';
import { settingsFrom, usualSettings } from '../../../../contract/settings.ts';
import { everything } from '../../../../renderer/store/order-filter.ts';
import type { OrderFilter } from '../../../../renderer/store/order-filter.ts';
import { filterFrom, SAVED_MOST, withSaved } from '../../../../renderer/store/saved-filters.ts';

const late: OrderFilter = { status: 'eyes', source: 'cdc', store: 'main', text: 'A-10' };

describe('saved filters', () => {
  it('come back as they were saved, also through the settings', () => {
    const saved = withSaved([], '  Late ones ', late);
    const kept = settingsFrom({ ...usualSettings, savedFilters: saved }).savedFilters;
    expect(kept.map(({ name }) => name)).toEqual(['Late ones']);
    expect(filterFrom(kept[0]!, ['main'])).toEqual(late);
  });

  it('show every store where theirs is gone, and all where their status is unknown', () => {
    const [saved] = withSaved([], 'x', late);
    expect(filterFrom({ ...saved!, status: 'of-tomorrow' }, ['annex'])).toEqual({
      ...late,
      store: null,
      status: 'all',
    });
  });

  it('take the place of one of the same name, and need a name', () => {
    const one = withSaved([], 'x', late);
    expect(withSaved(one, 'x', everything)).toEqual([{ name: 'x', ...everything }]);
    expect(withSaved(one, '   ', everything)).toEqual(one);
  });

  it('are never more, nor longer, than the settings can hold', () => {
    let saved = withSaved([], 'n'.repeat(90), { ...late, text: 'y'.repeat(900) });
    for (let n = 0; n < 40; n += 1) saved = withSaved(saved, `filter ${n}`, late);
    expect(saved).toHaveLength(SAVED_MOST);
    expect(settingsFrom({ savedFilters: saved }).savedFilters).toEqual(saved);
  });
});
