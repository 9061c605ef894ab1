/** What several nodes together hold for the chain. Pure. */
import type { NodeStanding } from '../../observations.ts';
import type { CanonicalChain } from './canonical-chain.ts';
import { holdTheSame } from './node-view.ts';
import type { NodeView } from './node-view.ts';

export interface Witness {
  /** Position in the configuration. */
  readonly index: number;
  readonly view: NodeView;
  /** True where its head stood still for long while ours went on. */
  readonly still: boolean;
  /** Whether it has a say though it lags: it was well a short while ago, and what it lacks may never have been. */
  readonly lately: boolean;
}

/** A node that does not answer and has a say all the same: it was well a moment ago, or held other blocks. */
export interface Silent {
  readonly view: NodeView | null;
}

export interface Agreement {
  /** The highest block that more than half of those who have a say hold; -1 where they don't agree on any. */
  readonly agreed: number;
  /** How each other node stands, by its index. */
  readonly states: ReadonlyMap<number, Pick<NodeStanding, 'state' | 'note'>>;
  /** How the node in use stands. */
  readonly own: Pick<NodeStanding, 'state' | 'note'>;
  /** The node to use instead, and why: more than half hold another chain, or it is further on the same one. */
  readonly better?: { readonly index: number; readonly why: string };
}

/** The node in use, and the chain that was walked by it. */
export interface Walked {
  readonly chain: CanonicalChain;
  /** Its newest block. */
  readonly height: number;
  /** True where its head stood still for long. */
  readonly still: boolean;
  /** How many blocks nodes may be apart without anything being wrong. */
  readonly leeway: number;
}

export function agreement(walked: Walked, witnesses: readonly Witness[], silent: readonly Silent[] = []): Agreement {
  const { chain } = walked;
  const top = chain.top?.number ?? -1;
  const state = (witness: Witness): NodeStanding['state'] => stateOf(witness, walked);
  const well = witnesses.filter((each) => state(each) === 'ok');
  const against = witnesses.filter((each) => state(each) === 'disagrees');
  const disputing = silent.filter(({ view }) => view !== null && disagrees(view, walked)).length + against.length;
  const lagging = witnesses.filter((each) => state(each) === 'behind' && each.lately);
  const views = [...well, ...lagging, ...silent].map(({ view }) => view);
  const backing = views.filter((view) => view !== null && holds(view, chain));
  const voters = 1 + well.length + lagging.length + silent.length + against.length;
  const others = largestParty(against);
  const outvoted = others.length * 2 > voters;
  const tied = disputing > 0 && (1 + backing.length) * 2 <= voters;
  const states = new Map(witnesses.map((each) => [each.index, standingOf(state(each), each, top)]));
  return {
    agreed: tied || outvoted ? -1 : agreedHeight(backing, Math.floor(voters / 2), top),
    states,
    own: tied
      ? { state: 'disagrees', note: 'holds other blocks than another node; which of them is right is not known' }
      : OK,
    ...betterOf(outvoted ? others : [], well, walked),
  };
}

const OK = { state: 'ok' } as const;

export function stateOf({ view, still }: Omit<Witness, 'lately'>, walked: Walked): NodeStanding['state'] {
  const { chain, leeway } = walked;
  const top = chain.top?.number ?? -1;
  if (disagrees(view, walked)) return 'disagrees';
  if (top - view.height > leeway || (still && view.height < top)) return 'behind';
  return 'ok';
}

/** For a few blocks below the top nodes may differ for a moment. */
function disagrees(view: NodeView, { chain, leeway }: Walked): boolean {
  return !holds(view, chain) && view.instead.length > leeway;
}

function standingOf(
  state: NodeStanding['state'],
  { view }: Witness,
  top: number,
): Pick<NodeStanding, 'state' | 'note'> {
  const blocks = top - view.height;
  switch (state) {
    case 'behind':
      return { state, note: `is ${blocks} block${blocks === 1 ? '' : 's'} behind` };
    case 'disagrees':
      return { state, note: `holds another block ${view.instead.at(-1)?.number ?? ''} than the node in use` };
    case 'ok':
    case 'down':
      return { state };
    default:
      return state satisfies never;
  }
}

/**
 * @param backing how others stand that hold blocks of the chain
 * @param needed how many of them have to hold a block beside the node in use
 */
function agreedHeight(backing: readonly (NodeView | null)[], needed: number, top: number): number {
  if (needed === 0) return top;
  const heights = backing.map((view) => view?.agrees?.number ?? -1).sort((a, b) => b - a);
  return Math.min(top, heights[needed - 1] ?? -1);
}

/** False also where a reorg took the block that it was found to hold. */
function holds({ agrees }: NodeView, chain: CanonicalChain): boolean {
  return agrees !== null && chain.hashAt(agrees.number) === agrees.hash;
}

/** The most of them that hold one chain. */
function largestParty(against: readonly Witness[]): readonly Witness[] {
  const parties = against.map(({ view }) => against.filter((other) => holdTheSame(view, other.view)));
  return parties.reduce((largest, party) => (party.length > largest.length ? party : largest), []);
}

function betterOf(
  others: readonly Witness[],
  well: readonly Witness[],
  { height, leeway, still }: Walked,
): Pick<Agreement, 'better'> {
  const [first] = others;
  if (first) return { better: { index: first.index, why: `is contradicted by ${others.length} other nodes` } };
  const ahead = well.reduce<Witness | undefined>(
    (best, each) => (each.view.height > (best?.view.height ?? height + (still ? 0 : leeway)) ? each : best),
    undefined,
  );
  if (!ahead) return {};
  const behind = `is ${ahead.view.height - height} blocks behind`;
  return { better: { index: ahead.index, why: still ? `has shown no new block for long, and ${behind}` : behind } };
}
