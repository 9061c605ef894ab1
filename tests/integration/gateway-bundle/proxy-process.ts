/** nginx and Caddy with the example configurations that merchants get, but for names, ports and files. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAuthority } from '../../support/tls/certificates.ts';
import { PATIENCE } from '../../support/patience.ts';

export type Kind = 'nginx' | 'caddy';

const deploy = path.resolve(import.meta.dirname, '../../../deploy');

export function isInstalled(kind: Kind): boolean {
  return spawnSync(kind, [kind === 'nginx' ? '-v' : 'version'], { stdio: 'ignore' }).status === 0;
}

/** Replaces what stands in an example. @throws when it does not stand there, so that no example drifts unnoticed */
function changed(text: string, changes: readonly (readonly [string, string])[]): string {
  return changes.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`the example has no "${from}" any more`);
    return before.replaceAll(from, to);
  }, text);
}

interface Setting {
  readonly dir: string;
  readonly port: number;
  readonly plain: number;
  readonly gateway: string;
}

function nginx({ dir, port, plain, gateway }: Setting): string[] {
  const site = changed(readFileSync(path.join(deploy, 'nginx/tillwatch.conf'), 'utf8'), [
    ['    listen [::]:80;\n', ''],
    ['    listen [::]:443 ssl;\n', ''],
    ['listen 80;', `listen 127.0.0.1:${plain};`],
    ['listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`],
    ['gateway.example.com', 'localhost'],
    ['/etc/ssl/tillwatch', dir],
    ['/var/log/nginx', dir],
    ['127.0.0.1:8377', gateway],
  ]);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((of) => `${of}_temp_path ${dir}/${of};`);
  // Its workers give root up by themselves, and could then not write into a folder of root's.
  const user = process.getuid?.() === 0 ? 'user root; ' : '';
  const main = `${user}daemon off; pid ${dir}/pid; worker_processes 1; events {} http { ${temporary.join(' ')}\n${site} }`;
  writeFileSync(path.join(dir, 'nginx.conf'), main);
  return ['-e', path.join(dir, 'nginx-error.log'), '-p', dir, '-c', path.join(dir, 'nginx.conf')];
}

function caddy({ dir, port, plain, gateway }: Setting): string[] {
  const own = `{\n\tadmin off\n\thttp_port ${plain}\n\tdefault_bind 127.0.0.1\n}\n`;
  const site = changed(readFileSync(path.join(deploy, 'caddy/Caddyfile'), 'utf8'), [
    ['gateway.example.com {', `https://localhost:${port} {\n\ttls ${dir}/fullchain.pem ${dir}/privkey.pem`],
    ['/var/log/caddy', dir],
    ['127.0.0.1:8377', gateway],
  ]);
  writeFileSync(path.join(dir, 'Caddyfile'), own + site);
  return ['run', '--config', path.join(dir, 'Caddyfile'), '--adapter', 'caddyfile'];
}

export class ProxyProcess {
  readonly url: string;
  readonly plain: string;
  readonly ca: string;
  readonly #dir: string;
  readonly #child: ChildProcess;

  private constructor(dir: string, setting: Setting, ca: string, child: ChildProcess) {
    this.#dir = dir;
    this.#child = child;
    this.url = `https://localhost:${setting.port}`;
    this.plain = `http://127.0.0.1:${setting.plain}`;
    this.ca = ca;
  }

  /** @param gateway host and port of the gateway @throws with its words when it does not start */
  static async start(kind: Kind, gateway: string): Promise<ProxyProcess> {
    const dir = mkdtempSync(path.join(tmpdir(), `tillwatch-${kind}-`));
    const authority = createAuthority('Tillwatch test authority');
    const { cert, key } = authority.issue(['localhost']);
    writeFileSync(path.join(dir, 'fullchain.pem'), cert);
    writeFileSync(path.join(dir, 'privkey.pem'), key);
    mkdirSync(path.join(dir, 'home'));
    const setting = { dir, port: await freePort(), plain: await freePort(), gateway };
    const args = kind === 'nginx' ? nginx(setting) : caddy(setting);
    const env = { PATH: process.env['PATH'] ?? '', HOME: path.join(dir, 'home') };
    const child = spawn(kind, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
    const proxy = new ProxyProcess(dir, setting, authority.cert, child);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    try {
      await listening(setting.port, child);
    } catch (error) {
      await proxy.close();
      throw new Error(`${kind} did not start: ${said}`, { cause: error });
    }
    return proxy;
  }

  /** What it wrote about requests. */
  accessLog(): string {
    return readFileSync(path.join(this.#dir, 'tillwatch.log'), 'utf8');
  }

  async close(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill('SIGTERM');
      await once(this.#child, 'exit');
    }
    rmSync(this.#dir, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Resolves when somebody listens. @throws when the process ends first, or after a minute */
async function listening(port: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + PATIENCE.timeout;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    if (await opens(port)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('nobody listens');
}

function opens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
