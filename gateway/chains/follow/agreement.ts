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

export function agreement(walked: Walked, witnesses: readonly Witness[]): Agreement {
  const { chain } = walked;
  const top = chain.top?.number ?? -1;
  const state = (witness: Witness): NodeStanding['state'] => stateOf(witness, walked);
  const well = witnesses.filter((each) => state(each) === 'ok');
  const against = witnesses.filter((each) => state(each) === 'disagrees');
  const voters = 1 + well.length + against.length;
  const others = largestParty(against);
  const outvoted = others.length * 2 > voters;
  const tied = against.length > 0 && (1 + well.length) * 2 <= voters;
  const states = new Map(witnesses.map((each) => [each.index, standingOf(state(each), each, top)]));
  return {
    agreed: tied || outvoted ? -1 : agreedHeight(well, Math.floor(voters / 2), chain),
    states,
    own: tied
      ? { state: 'disagrees', note: 'another node holds other blocks; which of them is right is not known' }
      : OK,
    ...betterOf(outvoted ? others : [], well, walked),
  };
}

const OK = { state: 'ok' } as const;

export function stateOf({ view, still }: Witness, { chain, leeway }: Walked): NodeStanding['state'] {
  const top = chain.top?.number ?? -1;
  const { height, instead } = view;
  if (!holds(view, chain) && instead.length > leeway) return 'disagrees';
  if (top - height > leeway || (still && height < top)) return 'behind';
  return 'ok';
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

/** @param needed how many others have to hold a block beside the node in use */
function agreedHeight(well: readonly Witness[], needed: number, chain: CanonicalChain): number {
  const top = chain.top?.number ?? -1;
  if (needed === 0) return top;
  const heights = well.map(({ view }) => (holds(view, chain) ? (view.agrees?.number ?? -1) : -1)).sort((a, b) => b - a);
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
