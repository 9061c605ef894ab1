import { buildPage } from './e2e/built-page.ts';

/** Before a run's first test: tests that run side by side would build the one page over each other. */
export default function buildPageFirst(): void {
  buildPage();
}
