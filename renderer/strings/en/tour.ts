export const tourStrings = {
  'tour.label': 'A tour of one minute',
  'tour.about': 'Six short notes on what the screen shows. Nothing is covered meanwhile.',
  'tour.start': 'Take the tour',
  'tour.at': '{step} of {count}:',
  'tour.next': 'Next',
  'tour.back': 'Back',
  'tour.skip': 'Skip the tour',
  'tour.done': 'Done',
  'tour.queue.title': 'Orders, the most urgent first',
  'tour.queue.text':
    'Each line is an order. The ring on the left counts down on the gateway’s clock, then tells how far the payment is.',
  'tour.verdict.title': 'May the goods go?',
  'tour.verdict.text':
    'RELEASE: hand them over. WAIT: not yet. HOLD: keep them until somebody has looked. A word and a shape each, never colour alone.',
  'tour.status.title': 'Can the screen be trusted?',
  'tour.status.text':
    'Live: what you see is current. If it is not, a band says since when, verdicts lose their colour, and nothing should be handed over.',
  'tour.case.title': 'Why is this one stuck?',
  'tour.case.text':
    'Go to an order with the arrow keys and press Enter, or click it: what was found, what to do next, and everything that happened. Esc closes it.',
  'tour.find.title': '“Did they pay?”',
  'tour.find.text':
    'Press {search} for the search, or {finder} for the finder, and type a reference, amount, address, hash, e-mail or time.',
  'tour.more.title': 'The rest',
  'tour.more.text':
    'Health examines the connection and the sources. Settings has language, sounds, quiet hours and keys, and this tour again.',
  'refused.revoked.title': 'This desk was revoked',
  'refused.revoked.text':
    'Whoever runs {host} took this desk’s access away. If that was no mistake, nothing is left to do here.',
  'refused.unauthorized.title': 'Sign in again',
  'refused.unauthorized.text':
    '{host} does not know this desk any more, as happens after its data was lost or restored from an old backup.',
  'refused.meanwhile':
    'What is shown below is what was known before. To go on watching, ask whoever runs the gateway for a new pairing link or code.',
  'refused.signIn': 'Connect with a new code…',
} as const;
