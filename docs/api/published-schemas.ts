/** Which schemas of the contract are published, under which names. */
import { eventData, eventEnvelopeSchema } from '../../contract/events.ts';
import * as ipc from '../../contract/ipc.ts';
import { findingSchema, orderFactSchema, orderSchema, paymentFactSchema, paymentSchema } from '../../contract/order.ts';
import * as protocol from '../../contract/protocol.ts';
import { sourceStateSchema } from '../../contract/source-state.ts';
import type { NamedSchemas } from './json-schemas.ts';

export const orders: NamedSchemas = {
  Order: orderSchema,
  OrderFact: orderFactSchema,
  Payment: paymentSchema,
  PaymentFact: paymentFactSchema,
  Finding: findingSchema,
};

export const events: NamedSchemas = { Event: eventEnvelopeSchema, SourceState: sourceStateSchema };

/** Data of an event by its kind. */
export const eventKinds: NamedSchemas = eventData;

/** Bodies of the REST interface: the call, whether the body is sent or answered, its name, its schema. */
const bodies = [
  ['any call', 'error', 'Error', protocol.errorBodySchema],
  ['POST /v1/stores/:store/orders', 'request', 'PlaceOrder', protocol.directOrderSchema],
  [
    'POST /v1/stores/:store/orders/:id/transactions',
    'request',
    'NameTransaction',
    protocol.commandArgs['name-transaction'],
  ],
  ['GET /v1/stores/:store/orders', 'answer', 'OrderPage', protocol.orderPageSchema],
  ['GET /v1/stores/:store/orders/:id', 'answer', 'OrderHistory', protocol.orderHistorySchema],
  ['GET /v1/stores/:store/deliveries/:id', 'answer', 'Delivery', protocol.deliverySchema],
  ['POST /v1/desks', 'request', 'Pair', protocol.pairRequestSchema],
  ['POST /v1/desks', 'answer', 'Paired', protocol.pairedSchema],
  ['POST /v1/challenges', 'request', 'AskChallenge', protocol.challengeRequestSchema],
  ['POST /v1/challenges', 'answer', 'Challenge', protocol.challengeSchema],
  ['POST /v1/tickets', 'request', 'AskTicket', protocol.ticketRequestSchema],
  ['POST /v1/tickets', 'answer', 'Ticket', protocol.ticketSchema],
  ['POST /v1/sessions', 'request', 'AskSession', protocol.sessionRequestSchema],
  ['POST /v1/sessions', 'answer', 'Session', protocol.sessionSchema],
  ['GET /v1/health', 'answer', 'Health', protocol.healthAckSchema],
  ['GET /v1/stores/:store/snapshot', 'answer', 'SnapshotPage', protocol.snapshotPageSchema],
  ['GET /v1/stores/:store/events', 'answer', 'EventsPage', protocol.eventsPageSchema],
  ['POST /v1/stores/:store/commands', 'request', 'Command', protocol.commandSchema],
  ['POST and GET /v1/stores/:store/commands', 'answer', 'CommandAnswer', protocol.commandAnswerSchema],
] as const;

export const rest: NamedSchemas = Object.fromEntries(bodies.map(([, , name, schema]) => [name, schema]));
export const restDescriptions: Readonly<Record<string, string>> = Object.fromEntries(
  bodies.map(([call, direction, name]) => [name, `${call}: ${direction}`]),
);

/** Arguments of a command by its name. */
export const commands: NamedSchemas = Object.fromEntries(
  Object.entries(protocol.commandArgs).map(([name, schema]) => [`command.${name}`, schema]),
);

/** Payloads of the Socket.IO namespace. */
export const desk: NamedSchemas = {
  HandshakeAuth: protocol.handshakeAuthSchema,
  ConnectRefusal: protocol.connectRefusalSchema,
  FailedAck: protocol.failedAckSchema,
  Subscribe: protocol.subscribeSchema,
  Subscribed: protocol.subscribedSchema,
  HealthRequest: protocol.healthRequestSchema,
  HealthAck: protocol.healthAckSchema,
  Command: protocol.commandSchema,
  CommandAnswer: protocol.commandAnswerSchema,
  CommandStatusRequest: protocol.commandStatusRequestSchema,
  EventsMessage: protocol.eventsMessageSchema,
  Confirmation: protocol.confirmationSchema,
  Notice: protocol.noticeSchema,
};

/** What a renderer may ask and is told, whichever host carries it. */
export const screens: NamedSchemas = {
  ...Object.fromEntries(
    Object.entries(ipc.requests).flatMap(([name, { input, output }]) => [
      [`${name}.input`, input],
      [`${name}.output`, output],
    ]),
  ),
  ...Object.fromEntries(Object.entries(ipc.pushes).map(([name, schema]) => [`${name}.push`, schema])),
  IpcError: ipc.ipcErrorSchema,
  ClientFrame: ipc.clientFrameSchema,
  ServerFrame: ipc.serverFrameSchema,
};
