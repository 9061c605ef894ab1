/** Which commands and places fit what was typed. Pure. */

export interface Findable {
  readonly id: string;
  readonly label: string;
  /** Other words for it. */
  readonly words?: string;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** The place of the first word each asked word begins, summed; null where one begins none. Chinese has no spaces: there a part counts. */
function distance(asked: readonly string[], text: string): number | null {
  const words = wordsOf(text);
  const places = asked.map((each) =>
    words.findIndex((word) => word.startsWith(each) || (/\p{Script=Han}/u.test(each) && word.includes(each))),
  );
  return places.includes(-1) ? null : places.reduce((sum, place) => sum + place, 0);
}

/** Those of which every typed word begins a word, the label's before others; all, as they came, where nothing was typed. */
export function matchActions<A extends Findable>(actions: readonly A[], typed: string): readonly A[] {
  const asked = wordsOf(typed);
  if (asked.length === 0) return typed.trim() === '' ? actions : [];
  return actions
    .flatMap((action, n) => {
      const inLabel = distance(asked, action.label);
      const anywhere = inLabel ?? distance(asked, `${action.label} ${action.words ?? ''}`);
      return anywhere === null ? [] : [{ action, n, far: anywhere + (inLabel === null ? 100 : 0) }];
    })
    .sort((a, b) => a.far - b.far || a.n - b.n)
    .map(({ action }) => action);
}
