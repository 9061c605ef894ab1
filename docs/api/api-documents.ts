import { deskAsyncApi } from './desk-asyncapi.ts';
import { schemaDocument } from './json-schemas.ts';
import * as published from './published-schemas.ts';

const { orders, events, eventKinds, rest, restDescriptions, commands, screens } = published;

/** Every generated document, by file name, as its exact text. */
export function apiDocuments(): ReadonlyMap<string, string> {
  const shared = { ...orders, ...events };
  const documents = {
    'orders.json': schemaDocument(['Orders', 'An order, as gateway, desk and replay hold it.'], orders, {}),
    'events.json': schemaDocument(['Events', "A store's log: Event, and its data by its kind."], eventKinds, events),
    'rest.json': schemaDocument(
      ['REST', "Bodies of the REST interface, and a command's args by its name."],
      { ...rest, ...commands },
      shared,
      restDescriptions,
    ),
    'ipc.json': schemaDocument(['Screens', 'Requests and pushes between main process and renderer.'], screens, shared),
    'desk.asyncapi.json': deskAsyncApi(),
  };
  return new Map(Object.entries(documents).map(([name, document]) => [name, `${JSON.stringify(document, null, 2)}\n`]));
}
