/** Why a command was refused. Each text is the gateway's own to the letter, as in evidence.ts. */
export const refusalStrings = {
  'refusal.onlySupport': '{name} is on this case; only support may take it off.',
  'refusal.onCase': '{name} is on this case already.',
  'refusal.handedOver': 'The goods of this order have been handed over already.',
  'refusal.testVerdict': 'This is a test order: its verdict stays "test".',
  'refusal.testMoney': 'This is a test order: real money is not for it.',
  'refusal.moneyTaken': 'This money belongs to order {order} already.',
  'refusal.moneyGone': 'This money is gone: its chain took it back.',
  'refusal.moneyHeld': 'This order holds the payment already.',
  'refusal.namedMost': 'No more than {count} transactions can be named for an order.',
  'refusal.role': '"{command}" needs the role {role}; this desk has {own}.',
  'refusal.otherStore': 'This desk is not of that store.',
  'refusal.unknownOrder': 'There is no such order in this store.',
  'refusal.unknownPayment': 'There is no such unmatched payment in this store.',
  'refusal.unknownCommand': 'This gateway knows no command "{command}".',
  'refusal.idReused': 'Another command has this id; give each command its own.',
  'refusal.noReason': 'The gateway gave no reason.',
} as const;
