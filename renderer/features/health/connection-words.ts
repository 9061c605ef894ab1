/** The connection's state in words, without the time it is in it. */
import type { ConnectionState } from '../../../contract/connection-state.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';

export function connectionWords(connection: ConnectionState): Message {
  if (connection.state === 'connecting') return say('connection.connecting', { attempt: connection.attempt + 1 });
  return say(`connection.${connection.state}`);
}

/** Why it is as it is, where there is a reason. */
export function reasonWords(connection: ConnectionState): Message | null {
  if (connection.state === 'waiting') return say(`why.${connection.reason}`);
  return connection.state === 'refused' ? say(`band.refused.${connection.code}`) : null;
}
