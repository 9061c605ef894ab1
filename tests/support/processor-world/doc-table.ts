import { readFileSync } from 'node:fs';

/** The rows of the table under a heading of a page, each by its columns' names. */
export function docTable(page: string, heading: string): Record<string, string>[] {
  const text = readFileSync(new URL(`../../../docs/gateway/sources/${page}`, import.meta.url), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('|'));
  const cells = lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const [names = [], , ...rows] = cells;
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])));
}
