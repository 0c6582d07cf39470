import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isExecutableFile } from './program-search.js';

/**
 * The program that a shim of pyenv, rbenv or one of their relatives stands for: that of the version which is set, else of the newest one that has
 * it. Found by their files, because starting a shim takes about half a second. `program` is undefined when the shim stands for nothing;
 * the whole answer is when the file is no such shim.
 */
export async function behindShim(
  file: string,
  name: string,
): Promise<{ readonly program: string | undefined } | undefined> {
  const folder = dirname(file);
  if (basename(folder) !== 'shims') return undefined;
  const root = dirname(folder);
  const installed = await readdir(join(root, 'versions')).catch(() => undefined);
  if (installed === undefined) return undefined;
  const set = (await readFile(join(root, 'version'), 'utf8').catch(() => ''))
    .split(/\s+/)
    .filter((word) => word !== '');
  const newestFirst = [...installed].sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
  for (const version of [...set, ...newestFirst]) {
    const program = join(root, 'versions', version, 'bin', name);
    if (await isExecutableFile(program)) return { program };
  }
  return { program: undefined };
}
