import { markdownTable } from './bench-table.js';
import type { Result } from './row.js';

/** A run as a page shows it. */
export interface FiguresRun {
  readonly results: readonly Result[];
  readonly noise: string;
  /** The machine in words. */
  readonly machine: string;
}

/** Replaces what stands between the markers `figures` of a page by the table of a run. Throws when the page has no pair of markers. */
export function withFigures(page: string, { results, noise, machine }: FiguresRun): string {
  // The table is not padded, so that a later run changes only the lines of figures that have changed.
  return withSection(page, 'figures', `${machine}; ${noise}.\n\n<!-- prettier-ignore -->\n${markdownTable(results)}`);
}

/** Replaces what stands between the markers `<!-- NAME -->` and `<!-- /NAME -->` of a page. Throws when the page has no pair of them. */
export function withSection(page: string, name: string, section: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from === -1 || to === -1) throw new Error(`the page has no section between ${begin} and ${end}`);
  return `${page.slice(0, from + begin.length)}\n\n${section}\n\n${page.slice(to)}`;
}
