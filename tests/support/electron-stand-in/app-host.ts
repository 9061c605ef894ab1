/** The application's scheme as a host of the browser: pages of https are secure contexts, as those of app: are. */
const webOrigin = 'https://tillwatch.app-scheme.invalid';
const appOrigin = 'app://tillwatch';

function moved(address: string, from: string, to: string): string {
  return address === from || address.startsWith(`${from}/`) ? `${to}${address.slice(from.length)}` : address;
}

export const toWeb = (address: string): string => moved(address, appOrigin, webOrigin);
export const toApp = (address: string): string => moved(address, webOrigin, appOrigin);
export const isAppAddress = (address: string): boolean => toApp(address) !== address;
