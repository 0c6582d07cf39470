import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is left out of every zipped folder (C-35, D-37); an ignore file can bring it back with `!pattern`. */
const alwaysIgnored = ['.git', '.rt', '.DS_Store', '*.swp', '/*.zip'];

/** Files that often hold secrets: left out, and named in a note so that nobody searches for them. */
const secretFiles = '.env*';

/** Names of ignore files; only the first that exists counts. */
const ignoreFiles = ['.rtignore', '.wskignore'];

/** Decides about paths relative to the folder, with `/` between the parts. */
export interface IgnoreRules {
  ignores(path: string, isFolder: boolean): boolean;
  /** Whether only the rule about files with secrets leaves a path out. */
  isSecret(path: string): boolean;
}

/** The rules of a folder: the defaults, then `.rtignore`, else `.wskignore` (C-35). */
export async function loadIgnoreRules(folder: string): Promise<IgnoreRules> {
  const { default: ignore } = await import('ignore');
  const own = await readOwnRules(folder);
  const rules = ignore().add(alwaysIgnored).add(secretFiles).add(own);
  const withoutSecrets = ignore().add(alwaysIgnored).add(own);
  return {
    ignores: (path, isFolder) => rules.ignores(isFolder ? `${path}/` : path),
    isSecret: (path) => rules.ignores(path) && !withoutSecrets.ignores(path),
  };
}

async function readOwnRules(folder: string): Promise<string> {
  for (const name of ignoreFiles) {
    const text = await readFile(join(folder, name), 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  return '';
}
