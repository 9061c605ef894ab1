import type { ProxyConfig, Session } from 'electron';
import { proxySettingsSchema } from '../../contract/proxy.ts';
import type { ProxySettings } from '../../contract/proxy.ts';
import { DeskError } from '../desk/desk.ts';
import type { NetworkPort } from '../desk/desk.ts';
import { proxyAddress } from '../profile/proxy-address.ts';
import type { ProxyPort } from '../profile/proxy-port.ts';
import { createKeptFile } from '../profile/kept-file.ts';

export interface SessionProxyOptions {
  /** Where the settings are kept. */
  readonly file: string;
  readonly session: Pick<Session, 'setProxy'>;
  /** Asks the session, once it has been told. */
  readonly network: Pick<NetworkPort, 'resolveProxy'>;
  readonly log: (message: string, fields: object) => void;
}

const system: ProxySettings = { mode: 'system' };

/** The settings as Electron takes them. Manual ones leave addresses of this machine alone by Chromium's own rule. */
export function proxyConfig(settings: ProxySettings): ProxyConfig {
  return settings.mode === 'manual' ? { mode: 'fixed_servers', proxyRules: settings.url } : { mode: settings.mode };
}

/** What a person has set about proxies: kept in the profile, told to the session, one change after the other. */
export class SessionProxy implements ProxyPort {
  readonly editable = true;
  readonly #options: SessionProxyOptions;
  readonly #listeners = new Set<(settings: ProxySettings) => void>();
  #settings: ProxySettings = system;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: SessionProxyOptions) {
    this.#options = options;
  }

  /** Takes up what was kept. What cannot be read or used is told, and the system decides. */
  async open(): Promise<void> {
    const { file, log } = this.#options;
    const kept = createKeptFile(file, proxySettingsSchema, () => undefined).read() ?? system;
    const told = (error: unknown) =>
      log('proxy settings not taken', { error: error instanceof Error ? error.message : String(error) });
    await this.#apply(usable(kept, told)).catch(told);
  }

  read(): ProxySettings {
    return this.#settings;
  }

  resolveProxy(url: string): Promise<string | null> {
    return this.#options.network.resolveProxy(url);
  }

  write(settings: ProxySettings): Promise<void> {
    const change = this.#last.then(() => this.#change(checked(settings)));
    this.#last = change.catch(() => undefined);
    return change;
  }

  /** Called after each change. @returns a function that ends it */
  watch(listener: (settings: ProxySettings) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async #change(settings: ProxySettings): Promise<void> {
    const before = this.#settings;
    if (JSON.stringify(before) === JSON.stringify(settings)) return;
    await this.#apply(settings);
    try {
      this.#keep(settings);
    } catch (error) {
      await this.#apply(before);
      throw error;
    }
    for (const listener of [...this.#listeners]) listener(settings);
  }

  async #apply(settings: ProxySettings): Promise<void> {
    await this.#options.session.setProxy(proxyConfig(settings));
    this.#settings = settings;
  }

  #keep(settings: ProxySettings): void {
    createKeptFile(this.#options.file, proxySettingsSchema, (error) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new DeskError('not-kept', `The proxy could not be written, and stays as it was: ${reason}`);
    }).write(settings);
  }
}

function usable(kept: ProxySettings, onFault: (error: unknown) => void): ProxySettings {
  try {
    return checked(kept);
  } catch (error) {
    onFault(error);
    return system;
  }
}

/** @throws DeskError `bad-proxy` */
function checked(settings: ProxySettings): ProxySettings {
  return settings.mode === 'manual' ? { mode: 'manual', url: proxyAddress(settings.url) } : settings;
}
