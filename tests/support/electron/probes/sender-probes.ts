import { requestNames } from '../../../../contract/ipc.ts';
import type { Probe } from '../probe.ts';

/** The stand-in's messages as a test forges them. */
interface StandInForge {
  readonly standIn: { readonly ipc: { forge(channel: string, event: object, ...args: unknown[]): Promise<unknown> } };
}

interface Answer {
  readonly channel: string;
  readonly from: string;
  readonly answer: unknown;
}

function answered(answers: readonly Answer[]): string[] {
  return answers
    .filter(({ answer }) => !JSON.stringify(answer ?? null).includes('"foreign-sender"'))
    .map(({ channel, from, answer }) => `${channel} answers ${from}: ${JSON.stringify(answer)}`);
}

const forged: Probe = {
  item: 17,
  title: 'every channel refuses a foreign window, a subframe, a foreign origin and a frame that has gone',
  async look({ application, kind }) {
    if (kind === 'electron')
      return { notMeasured: 'messages of Electron cannot be forged; a foreign window asks instead' };
    const answers = await application.evaluate(
      async (electron, names) => {
        const contents = electron.BrowserWindow.getAllWindows()[0]?.webContents;
        if (!contents) throw new Error('no window');
        const { frameTreeNodeId } = contents.mainFrame;
        const own = { url: 'app://tillwatch/index.html', parent: null, frameTreeNodeId };
        const senders = {
          'a foreign window': { sender: { id: 999, mainFrame: own }, senderFrame: own },
          'a subframe': { sender: contents, senderFrame: { ...own, parent: own } },
          'another frame of the window': { sender: contents, senderFrame: { ...own, frameTreeNodeId: -1 } },
          'a foreign origin': { sender: contents, senderFrame: { ...own, url: 'https://evil.example/' } },
          'a frame that has gone': { sender: contents, senderFrame: null },
        };
        const { ipc } = (electron as unknown as StandInForge).standIn;
        return Promise.all(
          names.flatMap((channel) =>
            Object.entries(senders).map(async ([from, event]) => ({
              channel,
              from,
              answer: await ipc.forge(channel, event, {}),
            })),
          ),
        );
      },
      [...requestNames],
    );
    return answered(answers);
  },
};

const foreignWindow: Probe = {
  item: 17,
  title: 'every function refuses a window that is not one of ours, though it has our preload script',
  async look({ application }) {
    const answers = await application.evaluate(async ({ BrowserWindow }) => {
      const [own] = BrowserWindow.getAllWindows();
      const preferences = (
        own?.webContents as unknown as { getLastWebPreferences(): { preload?: string } }
      ).getLastWebPreferences();
      const foreign = new BrowserWindow({ show: false, webPreferences: preferences });
      await foreign.loadURL('app://tillwatch/index.html');
      const told: unknown = await foreign.webContents.executeJavaScript(`Promise.all(
        Object.entries(tillwatchHost).filter(([name]) => !name.startsWith('on')).map(
          async ([channel, ask]) => ({ channel, from: 'a foreign window', answer: await ask({}).catch(String) })))`);
      foreign.destroy();
      return told as Answer[];
    }, null);
    const missing = answers.length < requestNames.length ? [`only ${answers.length} functions were asked`] : [];
    return [...missing, ...answered(answers)];
  },
};

const malformed: Probe = {
  item: 17,
  title: 'every function refuses what does not fit its schema',
  async look({ page }) {
    const answers = await page.evaluate(async () => {
      const host = (globalThis as unknown as { tillwatchHost: Record<string, (input: unknown) => Promise<unknown>> })
        .tillwatchHost;
      const cyclic: { self?: object } = {};
      cyclic.self = cyclic;
      const never: unknown[] = [undefined, null, 1, Number.NaN, 'x', true, 10n, [], ['main']];
      const wrong = { store: 7, order: {}, delivery: [], id: 'x', gateway: 1, code: null, name: '', link: [], args: 1 };
      const long = Object.fromEntries(Object.keys(wrong).map((name) => [name, 'a'.repeat(5_000)]));
      const polluted: unknown = JSON.parse('{"__proto__": {"store": "main", "order": "a"}, "constructor": {}}');
      const objects: unknown[] = [{}, wrong, long, polluted, cyclic, new Map([['store', 'main']]), new Date(0)];
      const told: { name: string; index: number; answer: string }[] = [];
      for (const [name, ask] of Object.entries(host).filter(([each]) => !each.startsWith('on'))) {
        // To one that takes an empty object any object is as good as that.
        const takesNothing = !JSON.stringify((await ask({}).catch(String)) ?? null).includes('"invalid-input"');
        const inputs = [...never, ...(takesNothing ? [] : objects)];
        const answers = inputs.map(async (input) =>
          ask(input).then((answer) => JSON.stringify(answer ?? null), String),
        );
        (await Promise.all(answers)).forEach((answer, index) => told.push({ name, index, answer }));
      }
      return told;
    });
    // What the bridge cannot carry it refuses itself; what reaches a handler is answered and never thrown.
    return answers
      .filter(({ answer }) => !answer.includes('"invalid-input"'))
      .filter(({ answer }) => !/^\w*Error: /.test(answer) || answer.includes('invoking remote method'))
      .map(({ name, index, answer }) => `${name} takes malformed input ${index}: ${answer}`);
  },
};

const loneFrame: Probe = {
  item: 17,
  title: 'a subframe has no functions to call',
  async look({ page }) {
    const has = await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const found = frame.contentWindow !== null && 'tillwatchHost' in frame.contentWindow;
      frame.remove();
      return found;
    });
    return has ? ['a subframe has the functions'] : [];
  },
};

export const senderProbes: readonly Probe[] = [forged, foreignWindow, malformed, loneFrame];
