import { createHash } from 'node:crypto';

/** What a page shows, as it tells its parent. */
export interface PagePicture {
  readonly current: boolean;
  /** A fingerprint of every order on the screen, by its id. */
  readonly orders: Readonly<Record<string, string>>;
}

/** @param body of an order, canonical JSON */
export function fingerprint(body: string): string {
  return createHash('sha256').update(body).digest('base64url');
}
