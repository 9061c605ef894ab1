import type { WebSocket } from 'ws';
import { PageFeed } from '../ipc/page-feed.ts';
import type { FeedLimits } from '../ipc/page-feed.ts';
import type { PageNews } from '../ipc/page-news.ts';
import { mostUnderWay } from '../ipc/request-door.ts';
import type { DoorLog, RequestHandlers } from '../ipc/request-door.ts';
import { answerFrame, noId } from './frame-door.ts';

export interface PageSocketOptions {
  readonly news: PageNews;
  readonly handlers: Omit<RequestHandlers, 'desk.attach'>;
  readonly log: DoorLog;
  readonly feedLimits?: FeedLimits;
}

/** Serves one page over its socket until either side closes it. */
export function servePage(socket: WebSocket, options: PageSocketOptions): void {
  const feed = new PageFeed(
    options.news,
    {
      send: (text, written) => socket.send(text, written),
      buffered: () => socket.bufferedAmount,
      terminate: () => socket.terminate(),
      after: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    },
    options.feedLimits,
  );
  const handlers: RequestHandlers = { ...options.handlers, 'desk.attach': async () => attached(() => feed.start()) };
  let underWay = 0;

  socket.on('message', (data, isBinary) => {
    if (isBinary || !Buffer.isBuffer(data)) {
      tell(refusal(noId, 'malformed', 'Frames are text.'));
      return;
    }
    if (underWay >= mostUnderWay) {
      tell(refusal(noId, 'busy', 'Too many requests are under way.'));
      return;
    }
    underWay += 1;
    void answerFrame(data.toString('utf8'), handlers, options.log).then((frame) => {
      underWay -= 1;
      tell(frame);
    });
  });
  socket.on('close', () => feed.close());
  // Malformed packets and oversized messages end the socket; ws closes it with the fitting code by itself.
  socket.on('error', (error) => options.log('warn', 'page socket failed', { error: error.message }));

  function tell(frame: object): void {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
  }
}

function refusal(id: number, code: string, message: string): object {
  return { id, ok: false, error: { code, message } };
}

/** The answer goes out first, so that a page never sees a push before it knows that it is attached. */
function attached(start: () => void): Record<string, never> {
  setImmediate(start);
  return {};
}
