/** Every duration of the desk in one place, in milliseconds, so that a test can scale them all. */

const defaults = {
  /** A connection that held this long counts as stable: the next retry starts afresh [CN3]. */
  stable: 30_000,
  /** First retry after a stable connection: uniform between these two. */
  firstRetryLeast: 200,
  firstRetryMost: 2_000,
  /** Later retries: base plus a random part that doubles from `spread` up to `spreadMost`. */
  retryBase: 1_000,
  retrySpread: 4_000,
  retrySpreadMost: 16_000,
  /** Longest wait towards a gateway on this machine. */
  loopbackMost: 2_000,
  /** Added at random on top of a wait the gateway asked for, so that not all desks return in one instant. */
  retryAfterSpread: 1_000,
  /** A drain notice spreads the desks over this time [CN11]. */
  drainSpread: 5_000,
  /** Another device uses this desk's key: coming back sooner would only start a fight over it. */
  supersededWait: 300_000,
  /** For so long after a replacement was given up being superseded is its doing: as long as a desk may hold two sockets. */
  gaveUpLately: 30_000,
  /** Make before break, and how soon to try again when that failed [CN8]. */
  refreshAfter: 3_600_000,
  refreshRetry: 300_000,
  refreshMost: 60_000,
  /** How long the replacement may take to catch up once the gateway has handed over to it. */
  handOverMost: 1_000,
  connectionMost: 86_400_000,
  /** Application-level question for health [CN5], more often while clock samples are few [CK1]. */
  healthEvery: 60_000,
  healthEveryFirst: 10_000,
  answerMost: 15_000,
  connectMost: 20_000,
  /** No socket has been live for this long while plain HTTP answers: the long poll takes over [CN9]. */
  fallbackAfter: 20_000,
  /** Socket.IO is tried again after the first, then doubling to the most, and trusted once live for the last. */
  probeFirst: 30_000,
  probeMost: 300_000,
  probeStable: 10_000,
  /** How long the gateway holds a poll that has nothing to say, and the least between two that said nothing. */
  pollWait: 25_000,
  pollPause: 1_000,
  /** By polls nothing but a question finds a dead line: how often it is asked, and how long its answer may take [CN5]. */
  pollHealthEvery: 5_000,
  pollHealthMost: 10_000,
  /** From the first request to a connected socket. */
  openMost: 45_000,
  /** How long a socket may take its leave before the network is let go of. */
  leaveMost: 10_000,
  /** The host's word that there is no network is only a hint: how long it is believed. */
  offlineProbe: 30_000,
  /** How long one step of an examination by the doctor may take: as long as somebody waits who looks at it. */
  doctorStepMost: 8_000,
  /** How often the wall clock is looked at, and the jump beyond which sockets are not believed [CN5]. */
  jumpCheckEvery: 1_000,
  jumpLeast: 15_000,
  /** How long events after a gap are held before the store is subscribed again [DL2]. */
  gapHold: 500,
  /** How long the gateway's head may be ahead of what arrived before that counts as a gap. */
  lagMost: 5_000,
  /** A command in doubt is asked about again after this [CM2]. */
  settleEvery: 10_000,
  /** Orders that could not be read are fetched again after this. */
  refetchEvery: 30_000,
  /** How often it is written down up to when the picture was current, for the next start. */
  saveEvery: 10_000,
  /** How often what is older than the desk keeps is let go of, and how soon again while there is more. */
  trimEvery: 3_600_000,
  trimMore: 100,
} as const;

export type Timing = Readonly<Record<keyof typeof defaults, number>>;

/**
 * @param scale 1 in real time; smaller makes every timer shorter by that factor
 * @param given durations that stand as they are, whatever the scale
 */
export function timing(scale = 1, given: Partial<Timing> = {}): Timing {
  const scaled = Object.fromEntries(Object.entries(defaults).map(([name, ms]) => [name, ms * scale])) as Timing;
  return { ...scaled, ...given };
}
