import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { UsageError } from '../errors/client-errors.js';

/** Never follows a link and never waits for the other end of a FIFO that took the file's place (RS-230). */
const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/**
 * Reads a regular file whose content does not change meanwhile; one that does is read once more (RS-230).
 * `name` is what messages call it. Throws UsageError when it changes again or is no regular file.
 */
export async function readStableFile(path: string, name: string): Promise<Buffer> {
  const content = (await readOnce(path, name)) ?? (await readOnce(path, name));
  if (content === undefined) throw new UsageError(`'${name}' changes while it is read`);
  return content;
}

async function readOnce(path: string, name: string): Promise<Buffer | undefined> {
  const file = await open(path, flags).catch((cause: unknown) => {
    throw new UsageError(`'${name}' cannot be read`, { cause });
  });
  try {
    const before = await file.stat();
    if (!before.isFile()) throw new UsageError(`'${name}' is not a regular file`);
    const content = await file.readFile();
    return isSame(before, await file.stat()) && content.length === before.size ? content : undefined;
  } finally {
    await file.close();
  }
}

function isSame(before: Stats, after: Stats): boolean {
  return before.size === after.size && before.mtimeMs === after.mtimeMs;
}
