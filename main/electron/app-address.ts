/** Where the page lives under Electron: an origin of its own instead of file:, whose every file shares one. */
export const appScheme = 'app';
export const appHost = 'tillwatch';
export const appOrigin = `${appScheme}://${appHost}`;
export const pageAddress = `${appOrigin}/index.html`;

/** True for addresses of the page's own origin. URL.origin is "null" for schemes that Node does not know. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${appScheme}:` && url.host === appHost && url.username === '' && url.password === '';
}

/** What Chromium has to know of the scheme before the application is ready. */
export const schemePrivileges = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
} as const;
