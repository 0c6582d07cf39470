import { lstatSync, mkdirSync, mkdtempSync } from 'node:fs';
import { chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const ownerOnly = 0o700;
const writableByOthers = 0o022;

/**
 * Makes sure that the folder of the boxes is ours alone: a folder, of this account, not writable by others (RS-249).
 * Throws with a text that names it. Synchronous like `createBox`: the first stem cell is begun before Node has started its threads for files,
 * and would wait for them three times (P-14).
 */
export function claimBoxes(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: ownerOnly });
  const stat = lstatSync(folder);
  const { mode, uid } = stat;
  if (!stat.isDirectory()) throw new Error(`${folder} is not a folder`);
  const account = process.getuid?.() ?? uid;
  if (uid !== account) throw new Error(`${folder} belongs to another account`);
  if ((mode & writableByOthers) !== 0) throw new Error(`${folder} is writable by other accounts`);
}

/** Makes a private folder with a random name for one container (RS-224). `prefix` tells the boxes of one platform from others. */
export function createBox(folder: string, prefix: string): string {
  return mkdtempSync(join(folder, `${prefix}-`));
}

/** Removes a box and all that is in it, also folders that the action has made unreadable. */
export async function removeBox(box: string): Promise<void> {
  try {
    await remove(box);
  } catch {
    await openFolders(box);
    await remove(box);
  }
}

/** Removes the boxes that other platforms have left in the folder. Only for the owner of the folder's lock. */
export async function removeOtherBoxes(folder: string, prefix: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const others = names.filter((name) => !name.startsWith(`${prefix}-`));
  await Promise.all(others.map((name) => removeBox(join(folder, name))));
}

function remove(box: string): Promise<void> {
  return rm(box, { recursive: true, force: true, maxRetries: 3 });
}

async function openFolders(folder: string): Promise<void> {
  await chmod(folder, ownerOnly);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await openFolders(join(folder, entry.name));
  }
}
