/** What a command does: pure, decided against what it is about as that stands inside the transaction. */
import { commandArgs, commandRoles, orderlessCommands, roles } from '../../contract/protocol.ts';
import type { Command, CommandName, Role } from '../../contract/protocol.ts';
import type { Actor, Order } from '../../contract/order.ts';
import type { EventData, EventKind } from '../../contract/events.ts';
import type { UnmatchedPayment } from '../../contract/unmatched.ts';
import { overrideRule } from '../diagnosis/override.ts';
import type { EventDraft } from '../ledger.ts';
import { CommandError } from './command-error.ts';
import { attachPayment, dismissPayment } from './decide-payment-command.ts';
import { nameTransaction } from './name-transaction.ts';

/** A command whose name is known, whose arguments fit, and whose giver may give it. */
export type CheckedCommand = {
  [K in CommandName]: { readonly name: K; readonly args: ReturnType<(typeof commandArgs)[K]['parse']> };
}[CommandName];

/** What a command is about, as far as it exists. */
export interface Subject {
  readonly order?: Order | undefined;
  /** The unmatched payment that its args name. */
  readonly payment?: UnmatchedPayment | undefined;
}

/** Who gives a command. */
export interface Giver {
  readonly actor: Actor;
  readonly role: Role;
}

/** @throws CommandError `unknown-command`, `forbidden`, `invalid-args` */
export function checkCommand(command: Command, role: Role): CheckedCommand {
  const { name } = command;
  if (!isCommandName(name)) throw new CommandError('unknown-command', `This gateway knows no command "${name}".`);
  if (!mayDo(role, commandRoles[name])) {
    throw new CommandError('forbidden', `"${name}" needs the role ${commandRoles[name]}; this desk has ${role}.`);
  }
  const args = commandArgs[name].safeParse(command.args);
  if (!args.success) {
    const faults = args.error.issues.map(({ path, message }) => `${['args', ...path].join('.')}: ${message}`);
    throw new CommandError('invalid-args', faults.join('; '));
  }
  if (orderlessCommands.has(name) !== (command.order === null)) {
    const says = orderlessCommands.has(name) ? 'is about no order: leave it null' : 'needs the order it is about';
    throw new CommandError('invalid-args', `order: "${name}" ${says}`);
  }
  return { name, args: args.data } as CheckedCommand;
}

function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commandArgs, name);
}

/** Each role may do what the ones before it may. */
export function mayDo(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least);
}

/**
 * @returns the facts the command makes; none when what it asks for is so already
 * @throws CommandError `unknown-order`, `unknown-payment`, `conflict`
 */
export function decideCommand(
  command: CheckedCommand,
  { order, payment }: Subject,
  giver: Giver,
): readonly EventDraft[] {
  if (command.name === 'dismiss-payment') return dismissPayment(payment, command.args.reason);
  if (!order) throw new CommandError('unknown-order', 'There is no such order in this store.');
  switch (command.name) {
    case 'recheck':
      return [];
    case 'note':
      return [fact(order, 'note.added', { text: command.args.text })];
    case 'claim':
      return claim(order, giver);
    case 'unclaim':
      return unclaim(order, giver, command.args.to);
    case 'resolve':
      return [fact(order, 'case.resolved', { reason: command.args.reason })];
    case 'release':
      return release(order);
    case 'override-verdict':
      if (!order.live) throw new CommandError('conflict', 'This is a test order: its verdict stays "test".');
      return [fact(order, 'verdict.changed', { ...command.args, rule: overrideRule(order) })];
    case 'name-transaction':
      return nameTransaction(order, command.args);
    case 'attach-payment':
      return attachPayment(order, payment);
    default:
      return command satisfies never;
  }
}

function claim(order: Order, { actor }: Giver): readonly EventDraft[] {
  if (order.claimedBy?.deskId === actor.deskId) return [];
  if (order.claimedBy) throw new CommandError('conflict', `${order.claimedBy.name} is on this case already.`);
  return [fact(order, 'case.claimed', {})];
}

function unclaim(order: Order, { actor, role }: Giver, to: string | undefined): readonly EventDraft[] {
  if (!order.claimedBy && to === undefined) return [];
  if (order.claimedBy && order.claimedBy.deskId !== actor.deskId && !mayDo(role, 'support')) {
    throw new CommandError('conflict', `${order.claimedBy.name} is on this case; only support may take it off.`);
  }
  return [fact(order, 'case.unclaimed', to === undefined ? {} : { to })];
}

function release(order: Order): readonly EventDraft[] {
  if (order.releasedAt !== undefined) {
    throw new CommandError('conflict', 'The goods of this order have been handed over already.');
  }
  return [fact(order, 'order.released', {})];
}

function fact<K extends EventKind>(order: Order, kind: K, data: EventData<K>): EventDraft {
  return { kind, order: order.id, source: 'desk', occurred: null, sent: null, data } as EventDraft;
}
