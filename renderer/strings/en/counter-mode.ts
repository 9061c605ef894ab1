/** The large display for a counter. */
export const counterModeStrings = {
  'counterMode.enter': 'Counter display',
  'counterMode.title': 'Orders at the counter',
  'counterMode.leave': 'Leave',
  'counterMode.key': 'Esc',
  'counterMode.none': 'Nobody has to pay at the moment.',
  'counterMode.unknown': 'Nothing is known yet: the gateway has not been reached.',
  'counterMode.beyond': {
    one: '{count} more order that does not fit here',
    other: '{count} more orders that do not fit here',
  },
  'counterMode.newMoney': 'New money',
  'counterMode.release': 'Hand it over',
  'counterMode.wasRelease': 'Do not rely on this',
  'counterMode.wait': 'Wait',
  'counterMode.hold': 'Hold: see the case',
  'counterMode.test': 'Test, no real money',
  'counterMode.released': 'Handed over',
  'counterMode.nothing': 'Nothing to hand over',
} as const;
