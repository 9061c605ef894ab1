/** The frames of a page's socket: read, passed through the one door, and answered by a frame, whatever comes. */
import { clientFrameSchema } from '../../contract/ipc.ts';
import type { ServerFrame } from '../../contract/ipc.ts';
import { answerRequest } from '../ipc/request-door.ts';
import type { DoorLog, RequestHandlers } from '../ipc/request-door.ts';

/** The id of an answer to a frame that had none to answer to. */
export const noId = -1;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Even a malformed frame is answered under its own id when it has a usable one. */
function idOf(value: unknown): number {
  const id = clientFrameSchema.pick({ id: true }).safeParse(value);
  return id.success ? id.data.id : noId;
}

/**
 * Answers one text frame of a page.
 * @returns the answer's frame; `malformed` where it is no frame, else as answerRequest
 */
export async function answerFrame(text: string, handlers: RequestHandlers, log: DoorLog): Promise<ServerFrame> {
  const value = parsed(text);
  const frame = clientFrameSchema.safeParse(value);
  if (!frame.success) {
    return {
      id: idOf(value),
      ok: false,
      error: { code: 'malformed', message: 'A frame is {id, request, input} in JSON.' },
    };
  }
  const { id, request, input } = frame.data;
  return { id, ...(await answerRequest(request, input, handlers, log)) };
}
