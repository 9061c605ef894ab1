/** A sleep that anything may end; a call before it sleeps ends the next sleep at once. */
export class Wake {
  #called = false;
  #end: (() => void) | undefined;

  call(): void {
    this.#called = true;
    this.#end?.();
  }

  /** @param ms at most so long, in milliseconds */
  async sleep(ms: number): Promise<void> {
    if (!this.#called) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#end = resolve;
        timer = setTimeout(resolve, Math.max(0, ms));
      });
      clearTimeout(timer);
      this.#end = undefined;
    }
    this.#called = false;
  }
}
