/** What a command does to an order: pure, decided against the order as it is inside the transaction. */
import { commandArgs, commandRoles, roles } from '../../contract/protocol.ts';
import type { Command, CommandName, Role } from '../../contract/protocol.ts';
import type { Actor, Order } from '../../contract/order.ts';
import type { EventData, EventKind } from '../../contract/events.ts';
import { overrideRule } from '../diagnosis/override.ts';
import type { EventDraft } from '../ledger.ts';

export type CommandErrorCode =
  'conflict' | 'forbidden' | 'id-reused' | 'invalid-args' | 'unknown-command' | 'unknown-order';

/** Why a command was not carried out. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: CommandErrorCode;

  constructor(code: CommandErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A command whose name is known, whose arguments fit, and whose giver may give it. */
export type CheckedCommand = {
  [K in CommandName]: { readonly name: K; readonly args: ReturnType<(typeof commandArgs)[K]['parse']> };
}[CommandName];

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
 * @throws CommandError `unknown-order`, `conflict`
 */
export function decideCommand(command: CheckedCommand, order: Order | undefined, giver: Giver): readonly EventDraft[] {
  if (!order) throw new CommandError('unknown-order', 'There is no such order in this store.');
  switch (command.name) {
    case 'recheck':
      return [];
    case 'note':
      return [fact(order, 'note.added', { text: command.args.text })];
    case 'claim':
      return claim(order, giver);
    case 'unclaim':
      return unclaim(order, giver);
    case 'resolve':
      return [fact(order, 'case.resolved', { reason: command.args.reason })];
    case 'release':
      return release(order);
    case 'override-verdict':
      if (!order.live) throw new CommandError('conflict', 'This is a test order: its verdict stays "test".');
      return [fact(order, 'verdict.changed', { ...command.args, rule: overrideRule(order) })];
    default:
      return command satisfies never;
  }
}

function claim(order: Order, { actor }: Giver): readonly EventDraft[] {
  if (order.claimedBy?.deskId === actor.deskId) return [];
  if (order.claimedBy) throw new CommandError('conflict', `${order.claimedBy.name} is on this case already.`);
  return [fact(order, 'case.claimed', {})];
}

function unclaim(order: Order, { actor, role }: Giver): readonly EventDraft[] {
  if (!order.claimedBy) return [];
  if (order.claimedBy.deskId !== actor.deskId && !mayDo(role, 'support')) {
    throw new CommandError('conflict', `${order.claimedBy.name} is on this case; only support may take it off.`);
  }
  return [fact(order, 'case.unclaimed', {})];
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
