import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArchiveEntry } from './archive-entry.js';
import { ArchiveError } from './archive-error.js';
import { archiveFormat } from './archive-format.js';
import { readTarGz } from './tar-reader.js';
import { planUnpacking, type PlannedFile } from './unpack-plan.js';
import { readZip } from './zip-reader.js';

/** Files that are written at the same time. */
const lanes = 8;

/**
 * Unpacks a zip or tar.gz into an existing private folder. The whole list of entries is checked before anything is written (RS-221 to
 * RS-224); file modes are kept, links inside the folder too. Rejects with ArchiveError; the folder is the caller's to remove.
 */
export async function unpackArchive(bytes: Buffer, folder: string): Promise<void> {
  const plan = planUnpacking(await readEntries(bytes));
  try {
    for (const path of plan.folders) await mkdir(join(folder, path), { recursive: true, mode: 0o700 });
    await writeFiles(plan.files, folder);
    // Last, so that nothing is ever written through them.
    for (const { path, target } of plan.links) await symlink(target, join(folder, path));
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    const text = error instanceof Error ? error.message : String(error);
    throw new ArchiveError('broken', `the archive cannot be unpacked: ${text}`, { cause: error });
  }
}

/** The names in a zip or tar.gz, after the whole list was checked. Rejects with ArchiveError. */
export async function namesOfArchive(bytes: Buffer): Promise<string[]> {
  const entries = await readEntries(bytes);
  planUnpacking(entries);
  return entries.map(({ name }) => name);
}

function readEntries(bytes: Buffer): Promise<readonly ArchiveEntry[]> {
  return archiveFormat(bytes) === 'zip' ? readZip(bytes) : readTarGz(bytes);
}

async function writeFiles(files: readonly PlannedFile[], folder: string): Promise<void> {
  const rest = files.values();
  const lane = async (): Promise<void> => {
    for (const { path, mode, read } of rest) {
      // `wx` neither overwrites nor follows a link (RS-224).
      await writeFile(join(folder, path), await read(), { flag: 'wx', mode });
    }
  };
  const results = await Promise.allSettled(Array.from({ length: lanes }, lane));
  // Every lane has ended here, so that the caller may remove the folder.
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
