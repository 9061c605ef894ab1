import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../demo/clock/random.ts';
import { interludes, nextScenario, opening, pauseMs } from '../../../../demo/programme/programme.ts';
import { scenarioNames } from '../../../../demo/scenarios/names.ts';
import { OrderRefused } from '../../../../demo/shop/till.ts';
import { manualStage } from '../stage/manual-stage.ts';

describe('the programme', () => {
  it('opens with 12 to 20 orders in the first 20 seconds and has begun every kind within 75, but for lines that go down', async () => {
    const { source, sold, programme, timers } = manualStage();
    const run = programme({ rate: 10, scenario: null, once: null });
    await source.pass(20_000);
    const early = sold();
    expect(early).toBeGreaterThanOrEqual(12);
    expect(early).toBeLessThanOrEqual(20);
    expect(new Set([...opening, ...interludes].map(([, name]) => name))).toEqual(new Set(scenarioNames));
    expect(Math.max(...interludes.map(([afterMs]) => afterMs))).toBeLessThan(400_000);
    expect(opening.at(-1)?.[0]).toBeLessThanOrEqual(75_000);
    timers.close();
    await expect(run).rejects.toThrow('the demo ends');
  });

  it('then keeps the rate that was asked for, and no trouble is said', async () => {
    const { source, sold, programme, timers, lines } = manualStage();
    const run = programme({ rate: 12, scenario: null, once: null });
    await source.pass(80_000);
    const before = sold();
    await source.pass(10 * 60_000);
    const flowed = sold() - before;
    expect(flowed).toBeGreaterThan(100);
    expect(flowed).toBeLessThan(140);
    expect(lines.filter((line) => line.includes('went wrong'))).toEqual([]);
    timers.close();
    await expect(run).rejects.toThrow('the demo ends');
  });

  it('plays one scenario so many times and ends', async () => {
    const { source, orders, programme } = manualStage();
    const run = programme({ rate: 600, scenario: 'native', once: 5 });
    await source.pass(60_000);
    await run;
    expect(orders).toHaveLength(5);
  });

  it('fails a line again only after it was well for a while', async () => {
    const { source, stage, programme } = manualStage();
    const run = programme({ rate: 600, scenario: 'node-down', once: 2 });
    const out: boolean[] = [];
    for (let tenth = 0; tenth < 16; tenth += 1) {
      await source.pass(10_000);
      out.push(stage.outages.isOut('chain'));
    }
    await source.pass(60_000);
    await run;
    const runs = out
      .join('')
      .match(/(?:true)+|(?:false)+/g)
      ?.map((each) => each.match(/e/g)?.length);
    expect(runs).toEqual([4, 7, 4, 1]);
  });

  it('goes on after an order that was refused', async () => {
    let refusals = 0;
    const { source, orders, lines, programme } = manualStage('r', () => {
      if ((refusals += 1) === 1) throw new OrderRefused('A-1 was refused (422, address-in-use)');
    });
    const run = programme({ rate: 600, scenario: 'expired', once: 3 });
    await source.pass(60_000);
    await run;
    expect(orders).toHaveLength(2);
    expect(lines).toContainEqual(expect.stringContaining('address-in-use'));
  });

  it('plays the same for the same seed', async () => {
    const run = async () => {
      const { source, orders, processor, programme, timers } = manualStage('same');
      programme({ rate: 30, scenario: null, once: null }).catch(() => undefined);
      await source.pass(120_000);
      timers.close();
      return JSON.stringify([orders, processor.payments()]);
    };
    expect(await run()).toBe(await run());
  });

  it('draws every scenario sooner or later, with pauses around the rate', () => {
    const random = seededRandom('draw');
    const drawn = new Set(Array.from({ length: 5_000 }, () => nextScenario(random)));
    const once = new Set(interludes.map(([, name]) => name));
    expect(drawn).toEqual(new Set(scenarioNames.filter((name) => !once.has(name))));
    const pauses = Array.from({ length: 2_000 }, () => pauseMs(10, random));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(3_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(9_000);
  });
});
