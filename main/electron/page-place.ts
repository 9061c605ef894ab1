import { pageAddress } from './app-address.ts';
import type { DeepLink } from './deep-links.ts';

/** Where in the page something is shown; the page keeps its view in the fragment of its address. */
export function placeOf(link: DeepLink): string {
  switch (link.kind) {
    case 'order':
      return `${pageAddress}#/desk/${encodeURIComponent(link.store)}/${encodeURIComponent(link.order)}`;
    case 'pair':
      return `${pageAddress}#/pair/${encodeURIComponent(link.link)}`;
    default:
      return link satisfies never;
  }
}
