/**
 * Preloaded into the Node that stands in for a utility process: gives it a parent port, takes away what a utility process
 * has not, and lets it end neither by having nothing left to do nor outlive the browser process.
 */
import { EventEmitter } from 'node:events';

const { send } = process;
const reply = send?.bind(process);
const waiting: unknown[] = [];

/** Messages wait until somebody listens. */
class ParentPort extends EventEmitter {
  override on(event: string, listener: (...args: unknown[]) => void): this {
    super.on(event, listener);
    if (event === 'message') for (const data of waiting.splice(0)) this.emit('message', { data, ports: [] });
    return this;
  }

  postMessage(message: unknown): void {
    reply?.(message);
  }
}

const parentPort = new ParentPort();
process.on('message', (data) => {
  if (parentPort.listenerCount('message') > 0) parentPort.emit('message', { data, ports: [] });
  else waiting.push(data);
});
process.once('disconnect', () => process.exit(0));
Object.defineProperty(process, 'parentPort', { value: parentPort });
Object.defineProperty(process, 'send', { value: undefined });
setInterval(() => undefined, 60_000);
