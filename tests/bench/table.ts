/** Figures as a table of plain text, which is also one in Markdown. Pure. */
import type { Figure } from './figure.ts';

const heads = ['', 'measured', 'anchor', 'ours', 'result', 'goal', ''] as const;

export function tableOf(figures: readonly Figure[]): string[] {
  const rows = figures.map(({ goal, what, anchor, ours, result, bound, met }) => [
    goal,
    what,
    anchor,
    ours,
    result,
    bound,
    met === null ? '—' : met ? 'met' : 'MISSED',
  ]);
  const widths = heads.map((head, n) => Math.max(3, head.length, ...rows.map((row) => (row[n] ?? '').length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`;
  return [line(heads), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)];
}

const marks = { begin: '<!-- figures -->', end: '<!-- /figures -->' } as const;

/**
 * A Markdown text with other lines between its two marks.
 * @throws RangeError for a text without them
 */
export function withTable(text: string, lines: readonly string[]): string {
  const [before, rest] = [text.indexOf(marks.begin), text.indexOf(marks.end)];
  if (before === -1 || rest < before) throw new RangeError(`there is no ${marks.begin} with ${marks.end} after it`);
  return `${text.slice(0, before)}${marks.begin}\n\n${lines.join('\n')}\n\n${text.slice(rest)}`;
}
