import { UsageError } from '../../errors/client-errors.js';
import { didYouMean } from '../did-you-mean.js';
import { type CompletionShell, completionShells } from './shown-candidates.js';

/** The shell that is meant: the word, else the last part of SHELL. Throws UsageError when that is none that rt completes for. */
export function shellOf(word: string | undefined, env: Readonly<Record<string, string | undefined>>): CompletionShell {
  const name = word ?? (env.SHELL ?? '').split('/').at(-1) ?? '';
  const shell = completionShells.find((candidate) => candidate === name);
  if (shell !== undefined) return shell;
  const all = completionShells.join(', ');
  if (word === undefined) throw new UsageError('which shell?', { hint: `name one of ${all}` });
  throw new UsageError(`rt does not complete for the shell '${name}'`, {
    hint: didYouMean(name, completionShells) ?? `name one of ${all}`,
  });
}
