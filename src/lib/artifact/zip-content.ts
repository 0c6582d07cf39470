import { createHash } from 'node:crypto';
import type { FolderEntry } from './folder-entries.js';
import { readStableFile } from './stable-file.js';

/** Something that goes into a zip under its `path`, and the file or link on disk that it is. */
export interface ZipSource extends FolderEntry {
  readonly file: string;
}

const executableMode = 0o100755;
const plainMode = 0o100644;
const linkMode = 0o120777;

/** The mode of an entry: one of three, whatever the file has (D-34). */
export function zipMode({ target, executable }: FolderEntry): number {
  if (target !== undefined) return linkMode;
  return executable ? executableMode : plainMode;
}

/** What an entry holds: the bytes of a file, or the target of a link. Throws UsageError when the file cannot be read. */
export function contentOf({ file, path, target }: ZipSource): Promise<Buffer> {
  return target === undefined ? readStableFile(file, path) : Promise.resolve(Buffer.from(target));
}

/**
 * The identity of what a zip holds, `sha256:…` over names, modes, sizes and contents in their order; compression plays no part, so the
 * same files are the same artifact whatever wrote the zip (D-35). Throws UsageError when a file cannot be read.
 */
export async function treeHash(sources: readonly ZipSource[]): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) {
    const content = await contentOf(source);
    const digest = createHash('sha256').update(content).digest('hex');
    const mode = zipMode(source).toString(8);
    hash.update(`${source.path}\0${mode}\0${String(content.length)}\0${digest}\n`);
  }
  return `sha256:${hash.digest('hex')}`;
}
