import { startChild } from './child.ts';
import type { Child } from './child.ts';
import { leashed } from './workplace.ts';
import type { Workplace } from './workplace.ts';

export interface HostOptions {
  /** Path of the Electron binary; null opens in the browser. */
  readonly electron: string | null;
  readonly profile: string;
  readonly port: number;
  readonly open: boolean;
  readonly name: string | null;
  readonly gateway: { readonly url: string; readonly code: string | null } | null;
  readonly demo: { readonly replaces: string | null; offer(): Promise<{ gateway: string; code: string }> } | null;
  /** Lines of the host that are for people; its link is among them. */
  readonly onLine: (line: string) => void;
}

function argumentsOf({ profile, port, open, name, gateway, demo }: HostOptions): string[] {
  return [
    ...['--data', profile, '--port', String(port)],
    ...(open ? [] : ['--no-open']),
    ...(name === null ? [] : ['--name', name]),
    ...(gateway ? ['--gateway', gateway.url] : []),
    ...(gateway?.code ? ['--pair', gateway.code] : []),
    ...(demo ? ['--demo'] : []),
    ...(demo?.replaces ? ['--demo-replaces', demo.replaces] : []),
  ];
}

/** The number of a host's question for the demo; null for any other message. */
export function demoQuestion(message: unknown): number | null {
  if (typeof message !== 'object' || message === null || !('ask' in message) || !('id' in message)) return null;
  return message.ask === 'demo' && typeof message.id === 'number' ? message.id : null;
}

/** Starts the host that shows the desk. It asks for the demo over the process channel: `{ask: 'demo', id}`. */
export function startHost(place: Workplace, options: HostOptions): Child {
  const args = argumentsOf(options);
  return startChild({
    name: 'desk',
    command: options.electron ?? place.node,
    args: options.electron ? [place.root, ...args] : leashed(place, 'main/browser.ts', args),
    env: options.electron ? {} : { NODE_COMPILE_CACHE: place.compiled },
    logDir: place.logs,
    onLine: options.onLine,
    onMessage: (message, reply) => {
      const id = demoQuestion(message);
      if (id === null) return;
      if (!options.demo) {
        reply({ answer: id, error: 'This start has no demo.' });
        return;
      }
      void options.demo.offer().then(
        (offer) => reply({ answer: id, ...offer }),
        (error: unknown) => reply({ answer: id, error: error instanceof Error ? error.message : String(error) }),
      );
    },
  });
}
