/** Why a test on Electron itself is skipped. */
export const NO_BINARY = 'no Electron binary';

/** What only Electron itself can show, in the words in which every run without it says so. */
export const UNPROVED_WITHOUT_ELECTRON =
  `not measured: ${NO_BINARY} (sandbox, process isolation, safeStorage, native tray, menu and notifications, ` +
  'power and permission events of the system, fuses, asar loading, protocol registration)';
