import { listDesks, revokeDesk } from '../store/desks.ts';
import { noMore, oneOf, readArguments, required } from './arguments.ts';
import { columns, print } from './terminal.ts';
import type { CommandLine } from './terminal.ts';
import { requireData, withStorage } from './with-storage.ts';

/** Paired desks: list, revoke. A serving gateway closes a revoked desk's sockets within a second [AU3]. */
export const desks: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, {});
  const dataDir = required(values.data, '--data');
  const json = values.json === true;
  const [action = 'list', id] = positionals;
  requireData(dataDir);
  if (oneOf(action, ['list', 'revoke'], 'desks') === 'list') {
    noMore(positionals, 1);
    const items = await withStorage(dataDir, ({ reader }) => listDesks(reader));
    const lines = items.map((desk) =>
      columns(desk.id, desk.role, desk.stores.join(','), desk.name, desk.revokedAt === null ? 'active' : 'revoked'),
    );
    print(terminal, json, { items }, lines.length > 0 ? lines : ['No desk has been paired.']);
    return 0;
  }
  noMore(positionals, 2);
  const desk = required(id, 'the id of the desk');
  const found = await withStorage(dataDir, ({ writer }) => writer.write((tx) => revokeDesk(tx, desk, Date.now())));
  if (!found) throw new Error(`there is no desk ${desk}; \`desks list\` shows those there are`);
  print(terminal, json, { id: desk, revoked: true }, [`Desk ${desk} is revoked.`]);
  return 0;
};
