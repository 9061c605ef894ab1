/** Every goal the bench can measure, in the order of its table. */
import type { Goal } from './goal.ts';
import { p1 } from './goals/p1-desk-path.ts';
import { p7 } from './goals/p7-rows.ts';
import { p9 } from './goals/p9-relay.ts';
import { p10 } from './goals/p10-start.ts';
import { p11 } from './goals/p11-memory.ts';
import { p12 } from './goals/p12-catch-up.ts';
import { p2 } from './goals/p2-to-paint.ts';
import { p13 } from './goals/p13-return.ts';
import { p5AllSources } from './goals/p5-all-sources.ts';
import { p5SlowFlush } from './goals/p5-slow-flush.ts';
import { p5 } from './goals/p5-webhooks.ts';
import { p6 } from './goals/p6-append.ts';
import { watcher } from './goals/watcher.ts';

export const goals: readonly Goal[] = [p1, p2, p5, p5SlowFlush, p5AllSources, p6, p7, p9, p10, p11, p12, p13, watcher];
