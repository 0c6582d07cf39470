import { markdownTable } from './bench-table.js';
import type { Result } from './row.js';

const begin = '<!-- figures -->';
const end = '<!-- /figures -->';

/** A run as a page shows it. */
export interface FiguresRun {
  readonly results: readonly Result[];
  readonly noise: string;
  /** The machine in words. */
  readonly machine: string;
}

/** Replaces what stands between the markers of a page by the table of a run. Throws when the page has no pair of markers. */
export function withFigures(page: string, { results, noise, machine }: FiguresRun): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`the page has no section between ${begin} and ${end}`);
  // The table is not padded, so that a later run changes only the lines of figures that have changed.
  const section = `${machine}; ${noise}.\n\n<!-- prettier-ignore -->\n${markdownTable(results)}`;
  return `${page.slice(0, from + begin.length)}\n\n${section}\n\n${page.slice(to)}`;
}
