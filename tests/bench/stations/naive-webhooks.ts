/** The anchor of P5: what anybody would write in an afternoon; signature checked, stored, one durable commit a webhook. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { verifySignature } from '../../../gateway/sources/crypto-com-pay/signature.ts';
import { SECRET } from '../../support/fault-bench/webhooks.ts';

const TABLES = `
  pragma journal_mode = wal; pragma synchronous = full;
  create table deliveries (id text primary key, received_at integer not null, body blob not null) strict;
  create table events (seq integer primary key, kind text not null, json text not null) strict;
`;

export type NaiveWebhooks = {
  open(input: { readonly file: string }): Promise<string>;
};

export function createStation(): NaiveWebhooks {
  return {
    open: async ({ file }) => {
      const take = storing(new DatabaseSync(file));
      const server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const body = Buffer.concat(chunks);
          const headers = { 'pay-signature': String(request.headers['pay-signature']) };
          const verified = verifySignature({ headers, body, receivedAt: Date.now() }, [SECRET], 300);
          if (verified.ok) take(body);
          const answer = verified.ok ? '{"ok":true}' : '{"ok":false}';
          const told = { 'content-type': 'application/json', 'content-length': answer.length };
          response.writeHead(verified.ok ? 200 : 401, told).end(answer);
        });
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
  };
}

function storing(database: DatabaseSync): (body: Buffer) => void {
  database.exec(TABLES);
  const insertDelivery = database.prepare('insert into deliveries values (?, ?, ?) on conflict do nothing');
  const insertEvent = database.prepare('insert into events (kind, json) values (?, ?)');
  return (body) => {
    const event = JSON.parse(body.toString('utf8')) as { id: string; type: string; data: unknown };
    database.exec('begin immediate');
    insertDelivery.run(event.id, Date.now(), body);
    insertEvent.run(event.type, JSON.stringify(event.data));
    database.exec('commit');
  };
}
