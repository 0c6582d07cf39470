import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { storeFiles } from './open-store.js';

/** What a reset takes away. */
export interface ResetOptions {
  /** The data folder. */
  readonly folder: string;
  /** Which half stays. */
  readonly keep?: keyof typeof storeFiles;
  /** Remove everything, earlier backups too, instead of moving aside. */
  readonly purge: boolean;
  /** Epoch milliseconds; names the backup. */
  readonly now: number;
}

/** What a reset did. */
export interface ResetOutcome {
  /** Paths that are empty now. */
  readonly moved: readonly string[];
  /** Folders in which what was moved lies, the newest last. */
  readonly backups: readonly string[];
}

/** Backups that are kept (RS-124). */
const keptBackups = 3;

/**
 * Takes the store away: moves it to `store.TIME.bak` beside the data folder, of which the last three stay, or removes it (RS-124). Nobody may
 * have it open.
 */
export function resetStore({ folder, keep, purge, now }: ResetOptions): ResetOutcome {
  const victims = Object.entries(storeFiles).flatMap(([half, file]) => (half === keep ? [] : withLogs(folder, file)));
  if (purge) {
    for (const path of victims) rmSync(path, { recursive: true, force: true });
    for (const path of backupsOf(folder)) rmSync(path, { recursive: true, force: true });
    return { moved: victims, backups: [] };
  }
  if (victims.length > 0) {
    const backup = freeName(join(dirname(folder), `store.${timeStamp(now)}`));
    mkdirSync(backup, { mode: 0o700 });
    for (const path of victims) renameSync(path, join(backup, basename(path)));
  }
  const backups = backupsOf(folder);
  for (const path of backups.slice(0, -keptBackups)) rmSync(path, { recursive: true, force: true });
  return { moved: victims, backups: backups.slice(-keptBackups) };
}

function withLogs(folder: string, file: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name === file || name.startsWith(`${file}-`));
  return names.map((name) => join(folder, name));
}

/** The oldest first: their names begin with the time. */
function backupsOf(folder: string): string[] {
  const parent = dirname(folder);
  if (!existsSync(parent)) return [];
  const names = readdirSync(parent).filter((name) => /^store\.\d{8}T\d{9}Z(?:-\d+)?\.bak$/.test(name));
  return names.sort().map((name) => join(parent, name));
}

function timeStamp(now: number): string {
  return new Date(now).toISOString().replaceAll(/[-:.]/g, '');
}

function freeName(base: string): string {
  let name = `${base}.bak`;
  for (let number = 2; existsSync(name); number += 1) name = `${base}-${String(number)}.bak`;
  return name;
}
