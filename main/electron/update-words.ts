/** What the application says about new versions of itself. */
export const englishUpdateWords = {
  ready: (version: string) => ({
    title: `Tillwatch ${version} is ready`,
    body: 'It is installed when you restart Tillwatch. Click here to choose when.',
  }),
  available: (version: string) => ({
    title: `Tillwatch ${version} is available`,
    body: 'Install it the way you installed this one: from your software centre or the page of its releases.',
  }),
  restart: (version: string) => ({
    message: `Restart now to install Tillwatch ${version}?`,
    detail: 'The desk is away for about a minute. Nothing that happens meanwhile is lost.',
    buttons: ['Restart now', 'Later'],
  }),
  newest: (version: string) => ({
    message: `Tillwatch ${version} is the newest version for you.`,
    detail: 'New versions are looked for by themselves every few hours.',
    buttons: ['OK'],
  }),
  notLooked: {
    message: 'Tillwatch could not look for a new version.',
    detail: 'It tries again by itself. The logs say more: Help → Show the logs.',
    buttons: ['OK'],
  },
  newer: (version: string) => ({
    message: `Tillwatch ${version} is available.`,
    detail: 'Install it the way you installed this one: from your software centre or the page of its releases.',
    buttons: ['OK'],
  }),
  settleFirst: {
    message: 'A command has not been answered yet.',
    detail: 'Tillwatch restarts only when the outcome of every command is known. Try again in a moment.',
    buttons: ['OK'],
  },
};

export type UpdateWords = typeof englishUpdateWords;
