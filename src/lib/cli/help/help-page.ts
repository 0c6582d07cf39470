import { entries, type Entry, section, wrap } from './help-text.js';

/** A part of a page: a paragraph, rows of terms, or command lines with what they print. */
export type PagePart =
  | { readonly text: string }
  | { readonly title: string; readonly rows: readonly (readonly [term: string, text: string])[] }
  | { readonly title: string; readonly lines: readonly string[] };

/** A page of prose behind `rt help WORD` (C-78). */
export interface HelpPage {
  /** First line of the page, and its line in `rt help`. */
  readonly summary: string;
  readonly parts: readonly PagePart[];
}

function partLines(part: PagePart, width: number): readonly string[] {
  if ('text' in part) return ['', ...wrap(part.text, width)];
  if ('lines' in part) {
    return section(
      part.title,
      part.lines.map((line) => `  ${line}`.trimEnd()),
    );
  }
  const rows = part.rows.map(([term, text]): Entry => ({ term, text }));
  return section(part.title, entries(rows, width));
}

/** The page as text, wrapped at `width`; command lines stay as they are. */
export function pageText(page: HelpPage, width: number): string {
  return [...wrap(page.summary, width), ...page.parts.flatMap((part) => partLines(part, width))].join('\n');
}
