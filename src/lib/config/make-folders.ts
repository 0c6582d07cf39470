import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf } from '../errors/file-failure.js';

/** What only its owner can enter (RS-231). */
const ownerOnly = 0o700;

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Makes a folder and those above it that are missing, for their owner only. Throws what the system says. Node's own recursive way does
 * not end below `/proc`, and calls a read-only file system a missing file.
 */
export function makeFolders(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolders(above);
  try {
    mkdirSync(path, { mode: ownerOnly });
  } catch (error) {
    // Another process may have been faster.
    if (!isFolder(path)) throw error;
  }
}

/** Why nothing could be written to a folder that may have to be made first; undefined when it could. Changes nothing. */
export function whyNotWritable(path: string): string | undefined {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    const above = dirname(path);
    if (status === undefined && above !== path) return whyNotWritable(above);
    if (status?.isDirectory() !== true) return 'a part of the path is not a folder';
    accessSync(path, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
