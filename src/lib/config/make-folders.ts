import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

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
