/** The Socket.IO namespace as an AsyncAPI 3 document, seen from the gateway. Source: the AsyncAPI 3.0.0 specification. */
import { DESK_NAMESPACE, limits, PROTOCOL_VERSION } from '../../contract/protocol.ts';
import { jsonSchemas } from './json-schemas.ts';
import { desk, events, orders } from './published-schemas.ts';

interface Operation {
  readonly event: string;
  /** From the gateway's side. */
  readonly action: 'send' | 'receive';
  readonly payload: string;
  /** Schema names of what the acknowledgement may carry. */
  readonly acks: readonly string[];
  readonly summary: string;
}

export const operations: readonly Operation[] = [
  {
    event: 'subscribe',
    action: 'receive',
    payload: 'Subscribe',
    acks: ['Subscribed', 'FailedAck'],
    summary: "A store's events from a position on, or the reason why a snapshot has to be taken first.",
  },
  {
    event: 'health',
    action: 'receive',
    payload: 'HealthRequest',
    acks: ['HealthAck', 'FailedAck'],
    summary: 'What the gateway knows of itself and its sources; also a sample of its clock.',
  },
  {
    event: 'command',
    action: 'receive',
    payload: 'Command',
    acks: ['CommandAnswer', 'FailedAck'],
    summary: 'Does something to an order, at most once per id.',
  },
  {
    event: 'command-status',
    action: 'receive',
    payload: 'CommandStatusRequest',
    acks: ['CommandAnswer', 'FailedAck'],
    summary: 'What became of a command; unknown means that it is to be sent again with the same id.',
  },
  {
    event: 'events',
    action: 'send',
    payload: 'EventsMessage',
    acks: ['Confirmation'],
    summary: 'Events of a store in the order of their seq; the confirmation is cumulative and paces the flow.',
  },
  {
    event: 'notice',
    action: 'send',
    payload: 'Notice',
    acks: [],
    summary: 'Why this connection is about to end, or to be made anew.',
  },
];

const CHANNEL = '#/channels/desk';

export function deskAsyncApi() {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Tillwatch gateway: desks',
      version: `${PROTOCOL_VERSION}.0.0`,
      description:
        `Socket.IO namespace ${DESK_NAMESPACE}. Payloads are the first argument of a Socket.IO event, replies its ` +
        `acknowledgement. Messages from a desk are at most ${limits.deskMessageBytes} bytes, messages to it at most ` +
        `${limits.messageBytes} bytes and ${limits.eventsPerMessage} events.`,
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      gateway: { host: '127.0.0.1:8377', pathname: '/socket.io', protocol: 'ws', description: 'Socket.IO 4' },
    },
    channels: { desk: { address: DESK_NAMESPACE, messages: Object.fromEntries(operations.flatMap(messagesOf)) } },
    operations: Object.fromEntries(operations.map((each) => [each.event, operationOf(each)])),
    components: {
      schemas: jsonSchemas({ ...desk, Event: event(), Order: order() }, {}, '#/components/schemas/'),
    },
  };
}

function event() {
  return known(events, 'Event');
}

function order() {
  return known(orders, 'Order');
}

function known<T>(from: Readonly<Record<string, T>>, name: string): T {
  const schema = from[name];
  if (schema === undefined) throw new RangeError(`no published schema is called ${name}`);
  return schema;
}

function messagesOf({ event: name, payload, acks }: Operation): [string, object][] {
  const message = (id: string): [string, object] => [id, { name, payload: { $ref: `#/components/schemas/${id}` } }];
  return [payload, ...acks].map(message);
}

function operationOf({ event: name, action, payload, acks, summary }: Operation): object {
  const messages = (ids: readonly string[]) => ids.map((id) => ({ $ref: `${CHANNEL}/messages/${id}` }));
  return {
    action,
    title: name,
    summary,
    channel: { $ref: CHANNEL },
    messages: messages([payload]),
    ...(acks.length > 0 && { reply: { channel: { $ref: CHANNEL }, messages: messages(acks) } }),
  };
}
