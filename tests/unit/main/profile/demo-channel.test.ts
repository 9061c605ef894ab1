import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { openDemoChannel } from '../../../../main/profile/demo-channel.ts';
import type { ParentProcess } from '../../../../main/profile/demo-channel.ts';

function parent() {
  const events = new EventEmitter();
  const sent: { ask: string; id: number }[] = [];
  const on = (name: string) => (listener: (message: unknown) => void) => {
    events.on(name, listener);
    return () => void events.off(name, listener);
  };
  const port: ParentProcess = {
    send: (message) => void sent.push(message as { ask: string; id: number }),
    onMessage: on('message'),
    onDisconnect: (listener) => on('disconnect')(listener),
  };
  return { events, sent, port };
}

describe('asking for the demo over the process channel', () => {
  it('takes the answer to its own question only', async () => {
    const { events, sent, port } = parent();
    const channel = openDemoChannel(port);
    const [first, second] = [channel.start(), channel.start()];
    expect(sent).toEqual([
      { ask: 'demo', id: 1 },
      { ask: 'demo', id: 2 },
    ]);
    for (const noise of ['text', null, { answer: 9, gateway: 'http://x', code: 'X' }, { answer: 1 }]) {
      events.emit('message', noise);
    }
    events.emit('message', { answer: 2, error: 'no port is free' });
    events.emit('message', { answer: 1, gateway: 'http://127.0.0.1:1', code: 'C' });
    await expect(first).resolves.toEqual({ gateway: 'http://127.0.0.1:1', code: 'C' });
    await expect(second).rejects.toThrow('no port is free');
  });

  it('fails when the starter has gone, and lets go of it with close', async () => {
    const { events, port } = parent();
    const channel = openDemoChannel(port);
    const lost = channel.start();
    events.emit('disconnect');
    await expect(lost).rejects.toThrow('not running');
    const left = channel.start();
    const closed = channel.close();
    await expect(left).rejects.toThrow('not running');
    await closed;
    expect(events.listenerCount('message') + events.listenerCount('disconnect')).toBe(0);
  });
});
