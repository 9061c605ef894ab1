import type { Replaced, Sight } from './sight.ts';

/**
 * Sights of a pool without those whose older rival it still shows: one of the two alone can be mined, so that both
 * together would count the same money twice. Pure.
 * @param outbid every payment that has a rival in the pool
 * @param gone those of them that the pool no longer shows
 */
export function withoutRivals(
  sights: readonly Sight[],
  outbid: readonly Replaced[],
  gone: readonly Replaced[],
): Sight[] {
  const undecided = new Set(outbid.filter((each) => !gone.includes(each)).map(({ by }) => by));
  return sights.filter(({ fact }) => !undecided.has(fact.txHash ?? ''));
}

/** A transaction that came into the pool, and the payments that it makes to watched addresses. */
export interface Newcomer {
  /** As in its payments' facts. */
  readonly hash: string;
  /** What it uses up: one transaction of those that use up the same can ever be mined. */
  readonly spends: readonly string[];
  readonly sights: readonly Sight[];
}

/**
 * Sights of what came into the pool together, without those of rivals among them: what the pool no longer shows was
 * outbid before anybody told of it, and of what it shows side by side the first counts until one of them is mined.
 * @param isShown asked of rivals alone
 */
export async function sightsOfNewcomers(
  newcomers: readonly Newcomer[],
  isShown: (hash: string) => Promise<boolean>,
): Promise<Sight[]> {
  const spenders = new Map<string, Set<string>>();
  for (const { hash, spends } of newcomers) {
    for (const spend of spends) spenders.set(spend, (spenders.get(spend) ?? new Set()).add(hash));
  }
  const taken = new Map<string, string>();
  const kept: Sight[] = [];
  for (const { hash, sights, spends } of newcomers.filter((each) => each.sights.length > 0)) {
    const isRival = spends.some((spend) => (spenders.get(spend)?.size ?? 0) > 1);
    const isSecond = spends.some((spend) => (taken.get(spend) ?? hash) !== hash);
    if (isSecond || (isRival && !(await isShown(hash)))) continue;
    for (const spend of spends) taken.set(spend, hash);
    kept.push(...sights);
  }
  return kept;
}
