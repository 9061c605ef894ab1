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

/** @param sending true while a decision on it is being handed to the host, which then tells of it among the commands */
export function moneyBlocked(
  { store, id }: Pick<UnmatchedPayment, 'store' | 'id'>,
  current: boolean,
  sending: boolean,
  commands: readonly CommandView[],
): Blocked | null {
  if (!current) return 'not-current';
  const about = (each: CommandView) => each.store === store && each.args?.['paymentId'] === id;
  return sending || commands.some((each) => about(each) && isOpen(each)) ? 'under-way' : null;
}

/** What became of the decisions about a store's unmatched money, newest first. */
export function moneyCommands(commands: readonly CommandView[], store: string | null): CommandView[] {
  return commands
    .filter(({ name }) => name === 'attach-payment' || name === 'dismiss-payment')
    .filter((each) => store === null || each.store === store)
    .reverse();
}
