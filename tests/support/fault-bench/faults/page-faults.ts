import { nothing } from '../fault.ts';
import type { Drawn, Fault, Lift } from '../fault.ts';
import { openPageHost } from '../pages/page-host.ts';
import type { PageHost } from '../pages/page-host.ts';
import type { Page } from '../pages/page.ts';
import type { Stage } from '../stage.ts';

/** A page that opens may have to wait for a busy machine, and for other faults that are played meanwhile; bench time. */
const OPEN_MOST_MS = 15_000;

/** Waits until a page shows what the desk's screen shows, and tells the history how long that took. */
async function shown(stage: Stage, page: Page, what: 'opened' | 'back'): Promise<void> {
  const { clock, desk, history } = stage;
  // While the desk itself is not current, no page can be.
  await clock.until(() => desk.screen.state?.current === true, OPEN_MOST_MS);
  const from = clock.now();
  const same = await clock.until(() => page.shows(desk.screen), OPEN_MOST_MS);
  history.add({ type: 'page', what, ms: same ? clock.now() - from : null });
}

async function withHost(stage: Stage, play: (host: PageHost) => Promise<Lift>): Promise<Lift> {
  const host = await openPageHost(stage.desk, stage.scale);
  try {
    const lift = await play(host);
    return async () => {
      try {
        await lift();
      } finally {
        await host.close();
      }
    };
  } catch (error) {
    await host.close();
    throw error;
  }
}

function rendererFails(hangs: boolean): Drawn {
  return {
    detail: hangs ? 'takes nothing for a while' : 'killed, and opened again',
    begin: (stage) =>
      withHost(stage, async (host) => {
        const page = host.page();
        await shown(stage, page, 'opened');
        if (hangs) page.hang();
        else await page.crash();
        return async () => {
          if (hangs) page.goOn();
          await shown(stage, hangs ? page : host.page(), 'back');
        };
      }),
  };
}

function manyPages(count: number): Drawn {
  return {
    detail: `${count} pages, the first one closed again`,
    begin: (stage) =>
      withHost(stage, async (host) => {
        const pages = Array.from({ length: count }, () => host.page());
        for (const page of pages) await shown(stage, page, 'opened');
        const [first, ...others] = pages;
        await first?.crash();
        return async () => {
          for (const page of others) await shown(stage, page, 'back');
        };
      }),
  };
}

const secondInstance: Drawn = {
  detail: 'started with the same profile while the first one runs',
  begin: (stage) =>
    withHost(stage, async (host) => {
      const { status, link } = await host.second();
      stage.history.add({ type: 'second-instance', status, shares: link === host.link });
      if (link !== null) await shown(stage, host.page(link), 'opened');
      return nothing;
    }),
};

/** Pages that crash, hang or are many: the connection has one owner, and it is none of them. */
export const pageFaults: readonly Fault[] = [
  {
    number: 28,
    title: 'renderer crash or hang',
    needs: ['journal'],
    draw: (random) => rendererFails(random.chance(0.5)),
  },
  { number: 30, title: 'two windows', needs: ['journal'], draw: (random) => manyPages(random.between(2, 3)) },
  { number: 31, title: 'second instance', needs: ['journal'], draw: () => secondInstance },
];
