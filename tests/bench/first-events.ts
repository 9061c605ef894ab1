import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Event } from '../../contract/events.ts';
import { DATABASE_FILE } from '../../gateway/store/open-store.ts';

/** The first events of a gateway's log, read from its file. */
export function firstEvents(dataDir: string, most: number): Event[] {
  const database = new DatabaseSync(path.join(dataDir, DATABASE_FILE), { readOnly: true });
  const rows = database.prepare('select json from events order by seq limit ?').all(most);
  database.close();
  return rows.map(({ json }) => JSON.parse(String(json)) as Event);
}
