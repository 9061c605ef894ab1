import { DeskError } from '../desk.ts';

interface List<T> {
  readonly id: number;
  readonly items: readonly T[];
}

export interface ListPage<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly next: string | null;
}

/** Lists that are read at once; whoever begins one more has given up the oldest. */
const LISTS_MOST = 4;

/** Long lists, handed out page by page as they were when they were begun. */
export class PageLists<T> {
  readonly #pageMost: number;
  #lists: readonly List<T>[] = [];
  #last = 0;

  constructor(pageMost: number) {
    this.#pageMost = pageMost;
  }

  begin(items: readonly T[]): ListPage<T> {
    const list = { id: (this.#last += 1), items };
    if (items.length > this.#pageMost) this.#lists = [...this.#lists, list].slice(-LISTS_MOST);
    return this.#page(list, 0);
  }

  /** @throws DeskError `cursor-expired` */
  next(cursor: string): ListPage<T> {
    const [, id, from] = /^(\d{1,9})\.(\d{1,9})$/.exec(cursor) ?? [];
    const list = this.#lists.find((each) => each.id === Number(id));
    if (!list || Number(from) >= list.items.length)
      throw new DeskError('cursor-expired', 'What was being read is no longer kept. Begin again.');
    return this.#page(list, Number(from));
  }

  clear(): void {
    this.#lists = [];
  }

  #page({ id, items }: List<T>, from: number): ListPage<T> {
    const to = from + this.#pageMost;
    const next = to < items.length ? `${id}.${to}` : null;
    return { items: items.slice(from, to), total: items.length, next };
  }
}
