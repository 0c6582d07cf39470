import type { Stats } from 'node:fs';
import { lstat, readdir, readlink, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { UsageError } from '../errors/client-errors.js';
import type { IgnoreRules } from './ignore-rules.js';

/** A regular file or a link that belongs into the zip. */
export interface FolderEntry {
  /** Relative to the folder, parts separated by `/`. */
  readonly path: string;
  /** Whether any execute bit is set. */
  readonly executable: boolean;
  /** Bytes; of a link, of its target's name. */
  readonly size: number;
  /** Target of a symbolic link, relative. */
  readonly target?: string;
}

/** What a folder holds. */
export interface FolderContent {
  /** Sorted by the bytes of their paths (D-34). */
  readonly entries: readonly FolderEntry[];
  /** Sentences about what was left out and might be missed, for notes to the user. */
  readonly notes: readonly string[];
}

interface Walk {
  readonly root: string;
  readonly rules: IgnoreRules;
  readonly entries: FolderEntry[];
  readonly notes: string[];
}

/**
 * Everything in a folder that goes into its zip. Links are never followed; FIFOs, sockets and devices are named in a
 * note and left out without being opened (RS-230). Throws UsageError for links that lead outside and for what cannot be read.
 */
export async function listFolder(root: string, rules: IgnoreRules): Promise<FolderContent> {
  const walk: Walk = { root: await realpath(root), rules, entries: [], notes: [] };
  await visitFolder(walk, '');
  walk.entries.sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  return { entries: walk.entries, notes: walk.notes };
}

async function visitFolder(walk: Walk, folder: string): Promise<void> {
  const names = await readdir(join(walk.root, folder)).catch((error: unknown) => unreadable(folder, error));
  for (const name of names) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const stats = await lstat(join(walk.root, path)).catch((error: unknown) => unreadable(path, error));
    await visit(walk, path, stats);
  }
}

async function visit(walk: Walk, path: string, stats: Stats): Promise<void> {
  if (path.includes('\\')) throw new UsageError(`'${path}' cannot be put into a zip: its name contains a backslash`);
  if (walk.rules.ignores(path, stats.isDirectory())) {
    if (walk.rules.isSecret(path)) walk.notes.push(`'${path}' is left out; it may hold secrets`);
    return;
  }
  if (stats.isDirectory()) return visitFolder(walk, path);
  if (stats.isFile()) {
    walk.entries.push({ path, executable: (stats.mode & 0o111) !== 0, size: stats.size });
  } else if (stats.isSymbolicLink()) {
    await visitLink(walk, path);
  } else {
    walk.notes.push(`'${path}' is left out; it is ${specialName(stats)}`);
  }
}

async function visitLink(walk: Walk, path: string): Promise<void> {
  const full = join(walk.root, path);
  const target = await readlink(full);
  const refuse = (): never => {
    throw new UsageError(`The link '${path}' leads outside of the folder, to '${target}'`, {
      hint: 'replace it by a copy, or leave it out with a line in .rtignore',
    });
  };
  if (isAbsolute(target) || !isInside(walk.root, resolve(dirname(full), target))) refuse();
  try {
    // Links on the way to the target may lead outside even when its name does not.
    if (!isInside(walk.root, await realpath(full))) refuse();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (codeOf(error) === 'ELOOP') {
      walk.notes.push(`'${path}' is left out; it is a link that leads back to itself`);
      return;
    }
  }
  walk.entries.push({ path, executable: false, size: Buffer.byteLength(target), target });
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function specialName(stats: Stats): string {
  if (stats.isFIFO()) return 'a FIFO';
  return stats.isSocket() ? 'a socket' : 'a device';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function unreadable(path: string, cause: unknown): never {
  throw new UsageError(`'${path === '' ? '.' : path}' cannot be read (${codeOf(cause)})`, { cause });
}
