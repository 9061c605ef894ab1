import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fingerprint } from './picture.ts';
import type { PagePicture } from './picture.ts';
import type { Painter } from '../painter.ts';

const entry = join(import.meta.dirname, 'page-process.ts');

/** One page of the desk, in a process that can crash and hang as a browser's can. */
export class Page {
  readonly #child: ChildProcess;
  #picture: PagePicture | null = null;
  #asking = false;

  /** @param link that lets it in at the browser host */
  constructor(link: string) {
    this.#child = fork(entry, [link], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child.on('message', (picture) => {
      this.#picture = picture as PagePicture;
      this.#asking = false;
    });
    // A page that was killed takes no more questions.
    this.#child.on('error', () => undefined);
  }

  /** True when it last said that it shows what this screen shows; asks it again. */
  shows(screen: Painter): boolean {
    this.#ask();
    const picture = this.#picture;
    if (picture?.current !== true || screen.state?.current !== true) return false;
    const bodies = [...screen.orders];
    return (
      Object.keys(picture.orders).length === bodies.length &&
      bodies.every(([id, body]) => picture.orders[id] === fingerprint(body))
    );
  }

  /** It is alive and takes nothing any more. */
  hang(): void {
    this.#forget();
    this.#child.kill('SIGSTOP');
  }

  goOn(): void {
    this.#child.kill('SIGCONT');
  }

  /** It is gone at once, as after a crash. */
  async crash(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exit;
  }

  #forget(): void {
    this.#picture = null;
    this.#asking = false;
  }

  #ask(): void {
    if (this.#asking || !this.#child.connected) return;
    this.#asking = true;
    this.#child.send({}, () => undefined);
  }
}
