import { chmodSync, lstatSync } from 'node:fs';
import { makeFolders } from '../../config/make-folders.js';
import { PlatformError } from '../../errors/client-errors.js';
import { reasonOf } from '../../errors/file-failure.js';

const groupOrWorldWritable = 0o022;
const anybodyElse = 0o077;

/**
 * Makes a folder that only its owner can enter, or checks one: it must be a real folder, belong to `user`, and not be writable by others
 * (RS-249). One that others may only read is tightened (RS-231); gives whether that was needed. Throws PlatformError.
 */
export function ensurePrivateFolder(path: string, user: number | undefined): boolean {
  try {
    makeFolders(path);
  } catch (error) {
    throw new PlatformError(`cannot make the folder ${path}: ${reasonOf(error)}`, {
      hint: 'set RT_HOME to a folder on a local disk that you can write to',
      cause: error,
    });
  }
  const stats = lstatSync(path);
  if (!stats.isDirectory()) throw refusal(path, 'it is not a folder');
  if (user !== undefined && stats.uid !== user) throw refusal(path, 'it belongs to another user');
  if ((stats.mode & groupOrWorldWritable) !== 0 && user !== undefined) {
    throw refusal(path, 'others can write to it', `chmod 700 ${path}`);
  }
  if ((stats.mode & anybodyElse) === 0 || user === undefined) return false;
  chmodSync(path, 0o700);
  return true;
}

function refusal(path: string, reason: string, hint = 'choose another folder'): PlatformError {
  return new PlatformError(`the folder ${path} cannot be used: ${reason}`, { hint });
}
