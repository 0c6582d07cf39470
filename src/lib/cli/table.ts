import type { Terminal } from './terminal.js';

/** The lists of C-46: a header line, then rows; columns padded, no borders. */
export interface Table {
  /** Cells of the header; a single cell is a title above all columns. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Columns a character takes: combining marks none, wide East Asian characters and emoji two. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char);
  return width;
}

function charWidth(char: string): number {
  if (/\p{Mark}/u.test(char)) return 0;
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
    char,
  )
    ? 2
    : 1;
}

function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let result = '';
  let used = 1;
  for (const char of text) {
    used += charWidth(char);
    if (used > width) break;
    result += char;
  }
  return `${result}…`;
}

function columnWidths(rows: readonly (readonly string[])[]): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    });
  }
  return widths;
}

function line(row: readonly string[], widths: readonly number[], limit: number): string {
  const last = row.length - 1;
  const parts = row.map((cell, column) =>
    column === last ? cell : cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell))),
  );
  const before = parts.slice(0, last).reduce((sum, part) => sum + widthOf(part) + 1, 0);
  const tail = parts[last] ?? '';
  // Only the last column shrinks, and never to less than eight characters.
  parts[last] = limit === 0 ? tail : shorten(tail, Math.max(8, limit - before));
  return parts.join(' ').trimEnd();
}

/** Line breaks in a cell would break the row, so they are shown as `\n`. */
function oneLine(cell: string): string {
  return cell.replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

/** Prints a table as answer lines. On a terminal the last column is cut to its width, nothing is cut elsewhere (C-46). */
export function printTable(table: Table, terminal: Terminal): void {
  const rows = table.rows.map((row) => row.map(oneLine));
  const titled = table.header.length === 1;
  const widths = columnWidths(titled ? rows : [table.header, ...rows]);
  const limit = terminal.interactive ? terminal.columns : 0;
  terminal.answer(terminal.palette.name(line(table.header, titled ? [] : widths, 0)));
  for (const row of rows) terminal.answer(line(row, widths, limit));
}
