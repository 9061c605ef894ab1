/** The shop's word of a transaction by which its customer says to have paid: a checkout that opens the wallet knows it. */
import type { FastifyInstance } from 'fastify';
import { DIRECT_SOURCE } from '../../../contract/order.ts';
import type { Order } from '../../../contract/order.ts';
import { commandArgs } from '../../../contract/protocol.ts';
import { CommandError } from '../../commands/command-error.ts';
import { nameTransaction, namedIn } from '../../commands/name-transaction.ts';
import { withCustomers } from '../../store/customers.ts';
import { readOrder } from '../../store/projection.ts';
import type { Tx } from '../../store/writer.ts';
import { keyOf } from '../caller.ts';
import { HttpError, checked } from '../http-error.ts';
import type { Services } from '../services.ts';

const bodySchema = commandArgs['name-transaction'];

export function transactionNaming(app: FastifyInstance, services: Services): void {
  app.post<{ Params: { store: string; id: string } }>('/v1/stores/:store/orders/:id/transactions', async (request) => {
    const { store, id } = request.params;
    await keyOf(services, request, ['orders:write'], store);
    const said = checked(bodySchema, request.body);
    const { storage } = services;
    const named = await storage.writer.write((tx) => nameIn(tx, services, { store, id, said }));
    if (named instanceof HttpError) throw named;
    const [withCustomer] = await withCustomers(storage.reader, store, [named]);
    return withCustomer;
  });
}

interface Naming {
  readonly store: string;
  readonly id: string;
  readonly said: ReturnType<typeof bodySchema.parse>;
}

/** @returns the order with it, also where it was named before; else what refuses it, so that the transaction goes on */
async function nameIn(tx: Tx, services: Services, { store, id, said }: Naming): Promise<Order | HttpError> {
  const held = await readOrder(tx, store, id);
  if (!held) return new HttpError(404, 'unknown-order', 'There is no such order in this store.');
  try {
    const drafts = nameTransaction(held, said).map((draft) => ({ ...draft, source: DIRECT_SOURCE }));
    const events = await services.storage.ledger.appendIn(tx, store, [{ order: id, decide: () => drafts }]);
    for (const txHash of namedIn(events)) await services.named(tx, store, txHash);
  } catch (error) {
    if (error instanceof CommandError) return new HttpError(409, error.code, error.message);
    throw error;
  }
  return (await readOrder(tx, store, id)) ?? held;
}
