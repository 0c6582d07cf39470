import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isExecutableFile } from './program-search.js';
import { byVersion } from './version-order.js';

/**
 * The program that a shim of pyenv, rbenv or one of their relatives stands for: that of the version which is set, else of the newest one that has
 * it. Found by their files, because starting a shim takes about half a second. `program` is undefined when the shim stands for nothing;
 * the whole answer is when the file is no such shim.
 */
export function behindShim(file: string, name: string): { readonly program: string | undefined } | undefined {
  const folder = dirname(file);
  if (basename(folder) !== 'shims') return undefined;
  const root = dirname(folder);
  const installed = namesOf(join(root, 'versions'));
  if (installed === undefined) return undefined;
  const newestFirst = installed.sort(byVersion).reverse();
  for (const version of [...versionsSet(root), ...newestFirst]) {
    const program = join(root, 'versions', version, 'bin', name);
    if (isExecutableFile(program)) return { program };
  }
  return { program: undefined };
}

/** Versions that the user has chosen, in order. */
function versionsSet(root: string): string[] {
  try {
    return readFileSync(join(root, 'version'), 'utf8')
      .split(/\s+/)
      .filter((word) => word !== '');
  } catch {
    return [];
  }
}

function namesOf(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}
