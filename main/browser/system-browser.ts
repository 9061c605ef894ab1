import { spawn } from 'node:child_process';

/** The command that opens a link in the user's browser, by platform. */
export function openCommand(platform: NodeJS.Platform, link: string): { command: string; args: string[] } {
  switch (platform) {
    case 'darwin':
      return { command: 'open', args: [link] };
    case 'win32':
      // `start` would take & and ^ in the link for its own; this handler takes the link as it is.
      return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', link] };
    default:
      return { command: 'xdg-open', args: [link] };
  }
}

/** Opens a link in the system's browser. @returns false when no opener could be started */
export function openInBrowser(link: string, platform = process.platform): Promise<boolean> {
  const { command, args } = openCommand(platform, link);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
