import { describe, expect, it } from 'vitest';
import { Case, EXPIRES, eth } from '../case.ts';

const MINUTE = 60_000;
const HALF = '4000000000000000';

/** Somebody settles it a minute later. */
function resolved(found: Case): Case {
  found.now += MINUTE;
  return found.add('case.resolved', { reason: 'agreed with the customer' }, 'desk');
}

function late(): Case {
  const found = new Case().expires();
  found.now += MINUTE;
  return found.pays({}, EXPIRES + MINUTE).confirms(12);
}

const twice = () => new Case().pays().pays({ id: 'q', txHash: '0xbb' });

describe('[DG1] money that a person has to settle', () => {
  it.each<[string, () => Case, string[]]>([
    ['late money', late, ['late']],
    ['too much', () => new Case().pays({ amount: '9000000000000000' }).confirms(12), ['overpaid']],
    ['too much in two payments', () => twice().confirms(12).confirms(12, 'q'), ['overpaid', 'double-payment']],
    ['too little in time', () => new Case().pays({ amount: HALF }).confirms(12).expires(), ['underpaid']],
  ])('%s is found until the case is resolved', (_, play, codes) => {
    const found = play();
    expect(found.codes).toEqual(codes);
    const { flags, verdict } = found.order;
    expect(resolved(found).codes).toEqual([]);
    // What happened is not undone by it, nor what follows for the goods.
    expect(found.order).toMatchObject({ flags, verdict });
  });

  it('is found again when more money comes', () => {
    const found = resolved(twice().confirms(12));
    found.now += MINUTE;
    found.pays({ id: 'r', txHash: '0xcc' }, found.now);
    expect(found.codes).toEqual(['overpaid', 'double-payment']);
    expect(found.evidence('double-payment')).toContain('0xcc');
  });

  it('is not settled while the countdown runs and the rest may come', () => {
    const found = resolved(new Case().pays({ amount: HALF }));
    expect(found.codes).toEqual(['underpaid']);
    expect(found.find('underpaid')?.nextStep).toContain('before the countdown ends');
  });

  it('leaves alone what is only good to know', () => {
    const found = new Case().pays({ amount: HALF }).pays({ id: 'q', txHash: '0xbb', amount: HALF });
    found.confirms(12).confirms(12, 'q');
    expect(resolved(found).codes).toEqual(['paid-in-parts']);
  });
});

describe('[DG1] an order that can be paid in more than one way', () => {
  const usdc = { ...eth, asset: 'erc20:0xa0', symbol: 'USDC', decimals: 6, amount: '20000000' };

  it('tells of the way that money came in', () => {
    const found = new Case({ order: { pay: [eth, usdc] } });
    found.pays({ asset: usdc.asset, symbol: 'USDC', decimals: 6, amount: '5000000' });
    expect(found.evidence('underpaid')).toBe('15 USDC are missing; received 5 USDC of 20 USDC');
  });
});
