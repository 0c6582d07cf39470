import { UsageError } from '../errors/client-errors.js';

/** Paths of the entries of a zip archive. Throws UsageError when it is not one; `name` is what the message calls it. */
export async function zipNames(bytes: Buffer, name: string): Promise<string[]> {
  const { fromBufferPromise } = await import('yauzl');
  try {
    const archive = await fromBufferPromise(bytes);
    const names: string[] = [];
    for await (const entry of archive.eachEntry()) names.push(entry.fileName);
    return names;
  } catch (cause) {
    throw new UsageError(`'${name}' is not a valid zip archive`, { cause });
  }
}
