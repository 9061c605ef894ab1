import { expect, it } from 'vitest';
import { findingCodes, findingKinds } from '../../../../contract/diagnosis.ts';
import { moneyFlags } from '../../../../contract/order.ts';
import type { Finding, Flag } from '../../../../contract/order.ts';
import { unflaggedWarning } from '../../../../renderer/features/orders/unflagged-warning.ts';

const finding = (code: string, severity: Finding['severity'] = 'warning'): Finding => ({
  code,
  severity,
  since: 0,
  evidence: [],
  nextStep: '',
});

const ofMoney: ReadonlySet<string> = new Set<string>([...moneyFlags, 'double-payment']);
const needsEyes = findingCodes.filter((code) => findingKinds[code].severity !== 'info');

it.each(needsEyes.filter((code) => findingKinds[code].flag === null && !ofMoney.has(code)))(
  'a row that needs eyes for %s says so',
  (code) => expect(unflaggedWarning({ diagnosis: [finding(code)], flags: [] })).toBe(code),
);

it.each(needsEyes.filter((code) => findingKinds[code].flag !== null || ofMoney.has(code)))(
  '%s is said by its flag alone',
  (code) => expect(unflaggedWarning({ diagnosis: [finding(code)], flags: [] })).toBeNull(),
);

it.each<[codes: readonly string[], flags: readonly Flag[], said: string | null]>([
  [['wrong-chain'], ['wrong-asset'], null],
  [['wrong-chain', 'not-broadcast'], ['wrong-asset'], 'not-broadcast'],
  [['late', 'not-paid-here', 'nodes-disagree'], ['late'], 'not-paid-here'],
  [['of-a-later-version'], [], null],
  [[], [], null],
])('of %j with the flags %j it says %j', (codes, flags, said) => {
  expect(unflaggedWarning({ diagnosis: codes.map((code) => finding(code)), flags: [...flags] })).toBe(said);
});

it('what settles itself is not said', () => {
  expect(unflaggedWarning({ diagnosis: [finding('not-broadcast', 'info')], flags: [] })).toBeNull();
});
