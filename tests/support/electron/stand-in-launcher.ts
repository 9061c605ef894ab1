import { StandInApplication } from '../electron-stand-in/electron-application.ts';
import type { ElectronApplication, ElectronLauncher } from './electron-application.ts';

/** Starts the built application on the stand-in. @param entry its built main entry */
export function standInLauncher(entry: string): ElectronLauncher {
  return {
    kind: 'stand-in',
    async launch(args) {
      const launched = await StandInApplication.launch(entry, args);
      if (!launched) throw new Error('the application ended at once');
      return launched as unknown as ElectronApplication;
    },
    runToEnd: (args) => StandInApplication.runToEnd(entry, args),
  };
}
