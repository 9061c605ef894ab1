import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { requestNames } from '../../contract/ipc.ts';
import type { RequestName } from '../../contract/ipc.ts';
import { answerRequest, mostUnderWay } from '../ipc/request-door.ts';
import type { Answer, DoorLog, RequestHandlers } from '../ipc/request-door.ts';
import { senderFault } from './trusted-sender.ts';

export interface IpcDoorOptions {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'>;
  readonly handlers: Omit<RequestHandlers, 'desk.attach'>;
  /** True for windows of ours that are open, by the id of their web contents. */
  readonly isOurs: (webContentsId: number) => boolean;
  /** Starts the pushes to a window. */
  readonly attach: (webContentsId: number) => void;
  readonly log: DoorLog;
}

function refused(code: string, message: string): Answer {
  return { ok: false, error: { code, message } };
}

/**
 * The one door of all windows: sender, then name and input by schema, then the handler. A channel a request; whatever
 * comes, the answer is an envelope. @returns a function that closes the door
 */
export function openIpcDoor(options: IpcDoorOptions): () => void {
  const underWay = new Map<number, number>();
  const answer = async (name: RequestName, event: IpcMainInvokeEvent, input: unknown): Promise<Answer> => {
    const { id } = event.sender;
    const fault = senderFault(event.senderFrame, options.isOurs(id) ? event.sender.mainFrame : null);
    if (fault) {
      options.log('warn', 'message refused', { request: name, fault });
      return refused('foreign-sender', 'Only the windows of Tillwatch are answered.');
    }
    const before = underWay.get(id) ?? 0;
    if (before >= mostUnderWay) return refused('busy', 'Too many requests are under way.');
    underWay.set(id, before + 1);
    try {
      return await answerRequest(name, input, handlersFor(id, options), options.log);
    } finally {
      const after = (underWay.get(id) ?? 1) - 1;
      if (after === 0) underWay.delete(id);
      else underWay.set(id, after);
    }
  };
  for (const name of requestNames) {
    options.ipcMain.handle(name, (event, input: unknown) => answer(name, event, input));
  }
  return () => {
    for (const name of requestNames) options.ipcMain.removeHandler(name);
  };
}

/** The answer goes out first, so that a page never sees a push before it knows that it is attached. */
function handlersFor(id: number, { handlers, attach }: IpcDoorOptions): RequestHandlers {
  return {
    ...handlers,
    'desk.attach': async () => {
      setImmediate(() => attach(id));
      return {};
    },
  };
}
