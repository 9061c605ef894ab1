/** What a person may do with unmatched money now, and why not [CM3]. Pure. */
import type { CommandView } from '../../../contract/ipc.ts';
import { commandRoles, roles } from '../../../contract/protocol.ts';
import type { CommandName, Role } from '../../../contract/protocol.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { isOpen } from '../case/actions/case-action.ts';
import type { Blocked } from '../case/actions/case-action.ts';

export type MoneyCommand = Extract<CommandName, 'attach-payment' | 'dismiss-payment'>;

/** True where this role decides about unmatched money. */
export function decides(role: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(commandRoles['attach-payment']);
}

/** True for what came may still be given to an order: what was set aside can be, what vanished cannot. */
export function canAttach({ state }: Pick<UnmatchedPayment, 'state'>): boolean {
  return state === 'open' || state === 'dismissed';
}

/** @param given the commands this window gave about the payment, by id; null while one has no id yet */
export function moneyBlocked(
  current: boolean,
  given: readonly (string | null)[],
  commands: readonly CommandView[],
): Blocked | null {
  if (!current) return 'not-current';
  const underWay = given.some((id) => id === null || commands.some((each) => each.id === id && isOpen(each)));
  return underWay ? 'under-way' : null;
}

/** What became of the decisions about a store's unmatched money, newest first. */
export function moneyCommands(commands: readonly CommandView[], store: string | null): CommandView[] {
  return commands
    .filter(({ name }) => name === 'attach-payment' || name === 'dismiss-payment')
    .filter((each) => store === null || each.store === store)
    .reverse();
}
