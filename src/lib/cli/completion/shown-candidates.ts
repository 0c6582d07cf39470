import type { TypedLine } from './line-words.js';
import type { Candidate } from './suggestions.js';

/** Shells that rt completes for. */
export const completionShells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type CompletionShell = (typeof completionShells)[number];

/** The line that tells a script to offer names of files; bash does so by itself when nothing else fits. */
const filesMark = ':files';

interface Shown {
  readonly shell: CompletionShell;
  readonly typed: TypedLine;
  readonly files: boolean;
  /** Characters at which bash cuts words (COMP_WORDBREAKS). */
  readonly breaks: string;
}

/** The candidates as the script of a shell reads them, one a line. */
export function shownCandidates(candidates: readonly Candidate[], shown: Shown): string {
  const { shell, typed, files } = shown;
  const fitting = candidates.filter(({ word }) => word.startsWith(typed.current) && !/[\n\t]/.test(word));
  const lines = fitting.map((candidate) => lineOf(candidate, shown));
  if (files && shell !== 'bash') lines.push(filesMark);
  return lines.map((line) => `${line}\n`).join('');
}

function lineOf({ word, summary }: Candidate, { shell, typed, breaks }: Shown): string {
  switch (shell) {
    case 'bash':
      return escaped(word.slice(lastBreak(typed, breaks)), typed.quote);
    case 'zsh':
      return `${word.replaceAll(':', '\\:')}:${summary}`;
    case 'fish':
    case 'powershell':
      return `${word}\t${summary}`;
  }
}

/** bash replaces only what stands behind the last of these characters in a word. */
function lastBreak({ current, quote }: TypedLine, breaks: string): number {
  if (quote !== '') return 0;
  const cuts = [':', '=', '@'].filter((char) => breaks.includes(char));
  return Math.max(...cuts.map((char) => current.lastIndexOf(char)), -1) + 1;
}

function escaped(word: string, quote: TypedLine['quote']): string {
  return quote === '' ? word.replaceAll(/[^\w@%+=:,./-]/gu, '\\$&') : word;
}
