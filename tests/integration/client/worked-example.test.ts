/** The worked example of docs/gateway/client.md, word for word, against a real gateway. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGateway } from '../gateway/test-gateway.ts';
import type { TestGateway } from '../gateway/test-gateway.ts';
// <example imports>
import { connect } from '../../../client/gateway-client.ts';
import { matching } from '../../../client/matching.ts';
import { pair } from '../../../client/pair.ts';
import { placeOrder } from '../../../client/place-order.ts';
// </example>

let running: TestGateway;
let gateway: string;
let code: string;
let shopKey: string;

beforeAll(async () => {
  running = await startGateway();
  gateway = running.url;
  code = await running.pairingCode('support');
  shopKey = await running.key(['orders:write']);
});
afterAll(() => running.stop());

test('the worked example runs', async () => {
  // <example>
  const identity = await pair({ gateway, code, name: 'Checkout tests' });
  const client = await connect(identity);
  try {
    await client.subscribe('main');

    const order = await placeOrder(
      {
        reference: 'A-1041',
        price: { currency: 'USD', amount: '19.99' },
        pay: [{ chain: 'eip155:1', asset: 'native', address: `0x${'1'.repeat(40)}`, amount: '8000000000000000' }],
      },
      { gateway, store: 'main', key: shopKey },
    );
    const created = await client.waitFor(matching({ kind: 'order.created', order }));
    expect(created.data).toMatchObject({ order: { reference: 'A-1041' } });

    await client.send({ store: 'main', order: order.id, name: 'claim', args: {} });
    await client.waitFor(matching({ kind: 'case.claimed', order }), { withinMs: 2_000 });

    const { order: now } = await client.order('main', order.id);
    expect(now).toMatchObject({ status: 'awaiting', claimedBy: { name: 'Checkout tests' } });
    expect(client.events(matching({ order })).map(({ kind }) => kind)).toContain('case.claimed');
  } finally {
    await client.close();
  }
  // </example>
});

test('the document shows what this test runs', () => {
  const document = readFileSync(path.resolve(import.meta.dirname, '../../../docs/gateway/client.md'), 'utf8');
  const shown = /```ts\n([\s\S]*?)```/.exec(document)?.[1] ?? '';
  const source = readFileSync(import.meta.filename, 'utf8');
  const imports = section(source, 'example imports').replaceAll('../../../client/', './client/');
  expect(lines(shown)).toEqual(lines(`${imports}\n${section(source, 'example')}`));
});

function section(source: string, name: string): string {
  return new RegExp(`// <${name}>\\n([\\s\\S]*?)// </example>`).exec(source)?.[1] ?? '';
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
