import type { ArgInput } from '@oclif/core/interfaces';
import type { CommandLine } from './command-line.js';

type Env = Readonly<Record<string, string | undefined>>;

/** Arguments that are paths: what looks like one there is meant so. */
const pathArguments: ReadonlySet<string> = new Set(['file', 'code', 'apihost']);

/** The folder of Git for Windows, as its shell tells it. */
function gitRoot(env: Env): string | undefined {
  return env.EXEPATH?.replaceAll('\\', '/').replace(/\/(?:bin|cmd|usr\/bin)?\/*$/i, '');
}

function restored(word: string, env: Env): string | undefined {
  const path = word.replaceAll('\\', '/');
  if (!/^[A-Za-z]:\//.test(path)) return undefined;
  const root = gitRoot(env);
  if (root !== undefined && root !== '' && path.toLowerCase().startsWith(`${root.toLowerCase()}/`)) {
    return path.slice(root.length);
  }
  return /^[A-Za-z]:\/(?:[^/]+\/)*?Git(\/.+)$/i.exec(path)?.[1];
}

/**
 * Undoes what the shell of Git for Windows does to names that begin with a slash (C-9): `/guest/hello` arrives as
 * `C:/Program Files/Git/guest/hello`. Gives the line and the first name that was restored.
 */
export function restoreNames(
  line: CommandLine,
  args: ArgInput,
  env: Env,
): { readonly line: CommandLine; readonly restored: string | undefined } {
  if (env.MSYSTEM === undefined || env.MSYSTEM === '') return { line, restored: undefined };
  const names = Object.keys(args);
  let first: string | undefined;
  const positionals = line.positionals.map((word, at) => {
    const argument = names[Math.min(at, names.length - 1)] ?? '';
    const name = pathArguments.has(argument) ? undefined : restored(word, env);
    first ??= name;
    return name ?? word;
  });
  const flags = line.words.slice(0, line.words.length - positionals.length);
  return { line: { ...line, positionals, words: [...flags, ...positionals] }, restored: first };
}
