/** A real gateway behind a TLS terminator in the same process, so that one SIGKILL takes both. */
import { connect } from 'node:net';
import { createServer } from 'node:tls';
import { createGateway } from '../../../gateway/app.ts';
import type { Gateway } from '../../../gateway/app.ts';
import { benchGateway, pairingCode } from '../bench-gateway.ts';

export interface TlsOpening {
  readonly dataDir: string;
  /** Loopback port of the terminator; 0 for a free one. */
  readonly port: number;
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export type TlsGatewayStation = {
  /** @returns the terminator's port */
  open(input: TlsOpening): Promise<number>;
  pairingCodes(input: { readonly count: number }): Promise<string[]>;
  close(input: null): Promise<void>;
};

export function createStation(): TlsGatewayStation {
  let gateway: Gateway | null = null;
  return {
    open: async ({ dataDir, port, cert, key }) => {
      gateway = await createGateway(benchGateway(dataDir));
      const behind = Number(new URL(await gateway.listen({ port: 0, host: '127.0.0.1' })).port);
      const terminator = createServer({ cert, key }, (client) => {
        const target = connect(behind, '127.0.0.1');
        client.on('error', () => target.destroy()).pipe(target);
        target.on('error', () => client.destroy()).pipe(client);
      });
      terminator.on('tlsClientError', () => undefined);
      await new Promise<void>((resolve) => terminator.listen(port, '127.0.0.1', 1024, resolve));
      const address = terminator.address();
      return address !== null && typeof address === 'object' ? address.port : 0;
    },
    pairingCodes: async ({ count }) => {
      const codes: string[] = [];
      for (let n = 0; gateway && n < count; n += 1) codes.push(await pairingCode(gateway.storage));
      return codes;
    },
    close: async () => gateway?.close(),
  };
}
