/** A duration between two steps: milliseconds while they matter, then seconds, minutes, hours. */
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';

const oneDecimal = (value: number) => Math.round(value * 10) / 10;

export function durationWords(durationMs: number): Message {
  const ms = Math.abs(Math.round(durationMs));
  if (ms < 1000) return say('trail.ms', { ms });
  if (ms < 60_000) return say('trail.s', { s: oneDecimal(ms / 1000) });
  if (ms < 3_600_000) return say('trail.min', { min: oneDecimal(ms / 60_000) });
  return say('trail.h', { h: oneDecimal(ms / 3_600_000) });
}
