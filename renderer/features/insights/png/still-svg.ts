/** A drawing that stands by itself: what the page's styles say of it is written into it, since they do not go along. */

/** What the page's styles decide of a drawing's looks. */
const looks = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

type StyleOf = (element: Element) => Pick<CSSStyleDeclaration, 'getPropertyValue'>;

function settle(original: Element, copy: Element, styleOf: StyleOf): void {
  const style = styleOf(original);
  for (const name of looks) {
    const value = style.getPropertyValue(name);
    if (value !== '') copy.setAttribute(name, value);
  }
  copy.removeAttribute('class');
  copy.removeAttribute('style');
  for (const [n, child] of [...original.children].entries()) {
    const twin = copy.children[n];
    if (twin) settle(child, twin, styleOf);
  }
}

/** @returns the drawing's text, of the size it has on the page */
export function stillSvg(svg: SVGSVGElement, styleOf: StyleOf): string {
  const { width, height } = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  settle(svg, copy, styleOf);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  return new XMLSerializer().serializeToString(copy);
}
