/** Around the doctor's report; what it finds is in contract/doctor-english.ts, which the command line shares. */
export const doctorStrings = {
  'doctor.title': 'Connection doctor',
  'doctor.intro':
    'Examines the way to the gateway step by step and says what to try. It changes nothing, and the connection goes on meanwhile.',
  'doctor.run': 'Run the doctor',
  'doctor.runAgain': 'Run it again',
  'doctor.running': 'Examining…',
  'doctor.examining': 'examining',
  'doctor.steps': 'What the doctor found',
  'doctor.took': '{ms} ms',
  'doctor.attempt': 'What to do: {text}',
  'doctor.left': 'Not tried any more: {steps}',
  'doctor.cannot': 'The doctor could not be run: {message}',
  'doctor.at': 'examined at {time}',
  'doctor.result.ok': 'All is well between this device and the gateway.',
  'doctor.result.warning': 'The way to the gateway is open, but not all of it is as it should be.',
  'doctor.result.failed': 'The way to the gateway ends here: {step}.',
  'doctor.mark.ok': 'ok',
  'doctor.mark.warning': 'warning',
  'doctor.mark.failed': 'failed',
  'doctor.mark.skipped': 'not tried',
} as const;
