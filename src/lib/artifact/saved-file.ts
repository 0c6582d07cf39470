import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors/client-errors.js';

const plainMode = 0o666;
const secretMode = 0o600;

/** How a file is written. */
export interface SaveOptions {
  /** Relative paths start here. */
  readonly cwd: string;
  /** Whether an existing file is replaced. */
  readonly force: boolean;
  /** Only the user may read the file (RS-231). */
  readonly secret?: boolean;
}

/**
 * Writes what belongs to an action to a file and gives its absolute path. An existing file, a link too, is kept unless `force`, which replaces
 * the name and never writes through it (RS-229). Throws UsageError.
 */
export async function saveFile(file: string, bytes: Buffer, options: SaveOptions): Promise<string> {
  const path = resolve(options.cwd, file);
  const mode = options.secret === true ? secretMode : plainMode;
  if (!options.force) {
    await writeNew(path, bytes, { shown: file, mode });
    return path;
  }
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await writeNew(temporary, bytes, { shown: file, mode });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return path;
}

async function writeNew(
  path: string,
  bytes: Buffer,
  { shown, mode }: { readonly shown: string; readonly mode: number },
): Promise<void> {
  const file = await open(path, 'wx', mode).catch((cause: unknown) => {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    if (exists)
      throw new UsageError(`The file '${shown}' already exists`, { hint: 'use --force to replace it', cause });
    throw new UsageError(`The file '${shown}' cannot be written`, { cause });
  });
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}
