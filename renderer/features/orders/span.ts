/** A length of time in one unit, cut and never rounded up: 3 min 59 s is "3 min". */
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';

export function spanOf(ms: number): Message {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  if (seconds < 60) return say('span.seconds', { count: seconds });
  if (seconds < 3600) return say('span.minutes', { count: Math.floor(seconds / 60) });
  if (seconds < 86_400) return say('span.hours', { count: Math.floor(seconds / 3600) });
  return say('span.days', { count: Math.floor(seconds / 86_400) });
}
