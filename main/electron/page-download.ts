import { appOrigin } from './app-address.ts';

/** True for a file that a page of ours made itself, such as an export: a blob of its origin, reached directly. */
export function isDownloadOfPage(chain: readonly string[]): boolean {
  return chain.length === 1 && (chain[0]?.startsWith(`blob:${appOrigin}/`) ?? false);
}
