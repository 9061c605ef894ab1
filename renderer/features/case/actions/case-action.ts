/** What a person may do with a case now, and why not: one pure rule for the buttons [FR4, CM3]. */
import { commandRoles, roles } from '../../../../contract/protocol.ts';
import type { CommandName, Role } from '../../../../contract/protocol.ts';
import type { CommandView, DeskState } from '../../../../contract/ipc.ts';
import type { Order } from '../../../../contract/order.ts';

export type ActionName =
  'release' | 'claim' | 'unclaim' | 'hand-over' | 'recheck' | 'note' | 'resolve' | 'override-verdict';

/** The command that an action gives: handing a case over is leaving it to somebody. */
export const commandOf = {
  release: 'release',
  claim: 'claim',
  unclaim: 'unclaim',
  'hand-over': 'unclaim',
  recheck: 'recheck',
  note: 'note',
  resolve: 'resolve',
  'override-verdict': 'override-verdict',
} as const satisfies Record<ActionName, CommandName>;

/** Why an action that this role has cannot be taken now. */
export type Blocked = 'past' | 'not-current' | 'under-way';

export interface CaseAction {
  readonly name: ActionName;
  /** null: it can be taken. */
  readonly blocked: Blocked | null;
  /** True where the order's verdict speaks against it, so that a person has to say it twice. */
  readonly against: boolean;
}

export interface Doer {
  readonly role: Role;
  readonly deskId: string;
  /** True while a past moment is shown: it cannot be changed. */
  readonly past: boolean;
  /** While what is shown is not current nothing is decided on it. */
  readonly current: boolean;
  readonly commands: DeskState['commands'];
}

/** The actions that this role has on this order, in the order they are shown. */
export function actionsOf(order: Order, doer: Doer): CaseAction[] {
  const offered: (ActionName | null)[] = [
    order.live && order.releasedAt === undefined ? 'release' : null,
    claimAction(order, doer),
    'note',
    'recheck',
    claimAction(order, doer) === null ? null : 'hand-over',
    order.resolvedAt === undefined ? 'resolve' : null,
    order.live ? 'override-verdict' : null,
  ];
  return offered
    .filter((name) => name !== null)
    .filter((name) => roles.indexOf(doer.role) >= roles.indexOf(commandRoles[commandOf[name]]))
    .map((name) => ({
      name,
      blocked: blockedBy(name, order, doer),
      against: name === 'release' && order.verdict !== 'release',
    }));
}

/** Who is on the case may leave it; support may take it off somebody else. */
function claimAction({ claimedBy }: Order, { deskId, role }: Doer): ActionName | null {
  if (!claimedBy) return 'claim';
  return claimedBy.deskId === deskId || role !== 'staff' ? 'unclaim' : null;
}

function blockedBy(name: ActionName, order: Order, { past, current, commands }: Doer): Blocked | null {
  if (past) return 'past';
  if (!current) return 'not-current';
  const same = commandsOn(order, commands).some((each) => each.name === commandOf[name] && isOpen(each));
  // Notes are many; the same note twice is a person's choice.
  return same && name !== 'note' ? 'under-way' : null;
}

/** The commands about one order, newest first. */
export function commandsOn(
  { store, id }: Pick<Order, 'store' | 'id'>,
  commands: readonly CommandView[],
): CommandView[] {
  return commands.filter((each) => each.store === store && each.order === id).reverse();
}

/** True until the gateway has said what became of it. */
export function isOpen({ state }: Pick<CommandView, 'state'>): boolean {
  return state === 'pending' || state === 'unknown';
}
