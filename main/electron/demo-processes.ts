import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DeskOptions } from '../desk/desk.ts';
import type { DemoChannel, DemoOffer } from '../profile/demo-channel.ts';
import { demoFactsIn, listeningAt, textIn } from './demo-words.ts';
import type { DemoFacts } from './demo-words.ts';
import { createKeptFile } from '../profile/kept-file.ts';
import type { KeptFile } from '../profile/kept-file.ts';
import type { Timers } from './system-timers.ts';
import { startUtility } from './utility-child.ts';
import type { UtilityChild, UtilityPorts } from './utility-child.ts';

export interface DemoProcessOptions extends UtilityPorts {
  /** The folder of dist. */
  readonly built: string;
  /** All that belongs to the demo; a person may delete it at any time. */
  readonly dir: string;
  readonly monotonic: Timers['monotonic'];
  readonly log: DeskOptions['log'];
}

const keptSchema = z.object({ url: z.string(), port: z.int().min(1).max(65_535), shopKey: z.string() });
type Kept = z.infer<typeof keptSchema>;

interface Running {
  readonly url: string;
  /** True when the gateway has no data of an earlier start: a desk has to pair anew. */
  readonly isNew: boolean;
}

const stableMs = 60_000;
const longestDelayMs = 30_000;

/** The demo that the application brings along: its gateway and its pretend world, each in a process of its own. */
export class DemoProcesses implements DemoChannel {
  readonly #options: DemoProcessOptions;
  readonly #kept: KeptFile<Kept>;
  readonly #children = new Set<UtilityChild>();
  #running: Promise<Running> | null = null;
  /** Counts the ends that were wished for: what was under way before belongs to the past. */
  #ends = 0;
  #failures = 0;
  #startedAt = 0;
  #cancelRestart: () => void = () => undefined;

  constructor(options: DemoProcessOptions) {
    this.#options = options;
    this.#kept = createKeptFile(path.join(options.dir, 'demo.json'), keptSchema, (error) =>
      options.log('warn', 'demo not kept', { error: String(error) }),
    );
  }

  async start(): Promise<DemoOffer> {
    const { url } = await this.#run();
    const args = ['pair', '--store', 'main', '--role', 'admin', '--name', 'This desk'];
    return { gateway: url, code: await this.#ask(args, 'code') };
  }

  /**
   * Starts the demo again for a desk that was paired with it.
   * @returns an offer when the desk has to pair anew; null when its pairing holds, or is with another gateway
   */
  async resume(pairedWith: string | null): Promise<DemoOffer | null> {
    const before = this.#kept.read();
    if (!before || pairedWith === null || URL.parse(pairedWith)?.origin !== URL.parse(before.url)?.origin) return null;
    const { url, isNew } = await this.#run();
    return isNew || url !== before.url ? this.start() : null;
  }

  /** Whether this is the address at which the demo's gateway was last. */
  isAt(address: string): boolean {
    const kept = this.#kept.read();
    return kept !== null && URL.parse(address)?.origin === URL.parse(kept.url)?.origin;
  }

  /** Ends both processes; a later start brings them back with what they held. Twice is harmless. */
  async close(): Promise<void> {
    this.#ends += 1;
    this.#cancelRestart();
    this.#running = null;
    await this.#endAll();
  }

  #run(): Promise<Running> {
    this.#running ??= this.#open(this.#ends).catch(async (error: unknown) => {
      this.#running = null;
      await this.#endAll();
      throw error;
    });
    return this.#running;
  }

  async #open(end: number): Promise<Running> {
    const { dir, monotonic } = this.#options;
    this.#startedAt = monotonic();
    const before = this.#kept.read();
    const isNew = !existsSync(path.join(dir, 'gateway'));
    for (const folder of ['gateway', 'shop']) mkdirSync(path.join(dir, folder), { recursive: true, mode: 0o700 });
    const ports = ['--port-processor', '0', '--port-chain', '0'];
    const shop = this.#start('demo', ['--launched', '--quiet', '--data', path.join(dir, 'shop'), ...ports]);
    const facts = await shop.answer(demoFactsIn);
    this.#expectOn(end);
    const url = await this.#openGateway(facts, before?.port ?? 0);
    this.#expectOn(end);
    const key = ['key', 'create', '--store', 'main', '--scope', 'orders:write', '--name', 'Demo shop'];
    const shopKey = before && !isNew ? before.shopKey : await this.#ask(key, 'key');
    this.#expectOn(end);
    shop.tell(JSON.stringify({ gateway: url, key: shopKey }));
    this.#kept.write({ url, port: Number(new URL(url).port), shopKey });
    return { url, isNew };
  }

  /** On the port of the last start, where a desk looks for it; on another one where that is taken. */
  async #openGateway(facts: DemoFacts, port: number): Promise<string> {
    const data = path.join(this.#options.dir, 'gateway');
    const config = path.join(data, 'gateway.yaml');
    writeFileSync(config, facts.config, { mode: 0o600 });
    const serve = (on: number) => ['serve', '--data', data, '--config', config, '--port', String(on)];
    const gateway = this.#start('gateway', serve(port), facts.env);
    try {
      return await gateway.answer(listeningAt);
    } catch (error) {
      if (port === 0 || !this.#children.has(gateway)) throw error;
      this.#children.delete(gateway);
      await gateway.stop();
      return this.#start('gateway', serve(0), facts.env).answer(listeningAt);
    }
  }

  #expectOn(end: number): void {
    if (end !== this.#ends) throw new Error('The demo was ended.');
  }

  #start(name: 'gateway' | 'demo', args: readonly string[], env: Readonly<Record<string, string>> = {}): UtilityChild {
    const child = startUtility(this.#options, { name, built: this.#options.built, args, env });
    this.#children.add(child);
    void child.ended.then((code) => this.#fell(child, code));
    return child;
  }

  /** One of the gateway's commands on the demo's data. */
  async #ask(args: readonly string[], field: string): Promise<string> {
    const data = ['--data', path.join(this.#options.dir, 'gateway'), '--json'];
    const child = startUtility(this.#options, {
      name: 'gateway',
      built: this.#options.built,
      args: [...args, ...data],
    });
    try {
      return await child.answer(textIn(field));
    } finally {
      await child.stop();
    }
  }

  /** A process that ended unasked takes the other along, and both are started again, ever more slowly. */
  #fell(child: UtilityChild, code: number): void {
    if (!this.#children.has(child) || this.#running === null) return;
    const { log, monotonic, after } = this.#options;
    const was = this.#running;
    const end = this.#ends;
    void was.then(
      async () => {
        if (end !== this.#ends || this.#running !== was) return;
        log('warn', 'the demo fell', { process: child.name, code, lastLines: child.lastLines() });
        this.#failures = monotonic() - this.#startedAt > stableMs ? 1 : this.#failures + 1;
        this.#running = null;
        await this.#endAll();
        if (end !== this.#ends) return;
        const delay = Math.min(longestDelayMs, 1_000 * 2 ** (this.#failures - 1));
        this.#cancelRestart = after(delay, () => {
          this.#run().catch((error: unknown) => log('warn', 'the demo did not come back', { error: String(error) }));
        });
      },
      // It fell before it stood: whoever asked for it is told.
      () => undefined,
    );
  }

  async #endAll(): Promise<void> {
    const children = [...this.#children];
    this.#children.clear();
    await Promise.all(children.map((child) => child.stop()));
  }
}
