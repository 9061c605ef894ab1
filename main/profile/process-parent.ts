import type { ParentProcess } from './demo-channel.ts';

/** The channel to the process that started this one; null when there is none. */
export function processParent(): ParentProcess | null {
  if (!process.send) return null;
  const send = process.send.bind(process);
  return {
    send: (message) => void send(message),
    onMessage(listener) {
      process.on('message', listener);
      return () => void process.off('message', listener);
    },
    onDisconnect(listener) {
      process.on('disconnect', listener);
      return () => void process.off('disconnect', listener);
    },
  };
}
