/**
 * Cells of a CSV file (RFC 4180) that no spreadsheet takes for a formula. What others wrote, such as a reference or a
 * customer's name, may begin with `=`; and a spreadsheet that splits by other characters than commas begins a cell
 * wherever one of those stands. An apostrophe, which spreadsheets know as the mark of a text, stands before what would
 * become one. Source: OWASP, "CSV Injection".
 */

/** What makes a formula, also in the wide forms that some spreadsheets take alike; and the apostrophe that guards. */
const LIVE = "=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20'";
/** What may stand before it in a cell, and is cut away: spaces, control characters and quotes. */
const SKIPPED = '[\\s\\p{Cc}\\uFEFF"]*';
const begins = new RegExp(`^(?:${SKIPPED}[${LIVE}]|[\\t\\r\\n])`, 'u');
/** Where a spreadsheet that splits differently begins a cell. */
const inner = new RegExp(`([\\r\\n\\t;,|]${SKIPPED})(?=[${LIVE}])`, 'gu');
const innerGuarded = new RegExp(`([\\r\\n\\t;,|]${SKIPPED})'(?=[${LIVE}])`, 'gu');

/** A text that stays one. `unguarded` gives back what it was. */
export function guarded(text: string): string {
  const safe = text.replace(inner, "$1'");
  return begins.test(text) ? `'${safe}` : safe;
}

export function unguarded(cell: string): string {
  return (cell.startsWith("'") ? cell.slice(1) : cell).replace(innerGuarded, '$1');
}

/** A text as a cell, always in quotes. */
export function textCell(text: string): string {
  return `"${guarded(text.toWellFormed()).replaceAll('"', '""')}"`;
}
