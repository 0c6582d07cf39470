import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../entity/clock.js';
import { ConfigError } from '../errors/client-errors.js';
import { RtError } from '../errors/rt-error.js';

/** Milliseconds after which the lock of a killed owner is taken over (RS-163). */
const staleAfter = 1500;

/** Milliseconds to wait for a lock in all. */
const patience = 10_000;

/** The text of a file; undefined when it does not exist. Other failures are ConfigErrors that name the file. */
export function readTextFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT') || isCode(error, 'ENOTDIR')) return undefined;
    throw new ConfigError(`cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * The text of a file whose name others may use otherwise: a folder (a virtual environment called `.env`) or a pipe, which could block, is
 * as good as nothing.
 */
export function readFileIfAny(path: string): string | undefined {
  return isFile(path) ? readTextFile(path) : undefined;
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Makes a rename durable. Some platforms cannot open a folder; there the rename alone has to do. */
function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
  } catch (error) {
    if (!isCode(error, 'EPERM') && !isCode(error, 'EISDIR') && !isCode(error, 'EACCES')) throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Writes beside the target and renames, so that a crash leaves the old text or the new one (RS-107). Mode 0600 (RS-231). */
function replaceFile(path: string, text: string): void {
  const temporary = `${path}.${String(process.pid)}.tmp`;
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  try {
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}

function tryLock(lock: string): boolean {
  try {
    const descriptor = openSync(lock, 'wx', 0o600);
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

function ageOf(path: string, clock: Clock): number {
  const status = statSync(path, { throwIfNoEntry: false });
  return status === undefined ? 0 : clock.now() - status.mtimeMs;
}

/**
 * Removes a lock whose owner is gone. Only who holds the take-over lock looks and removes, so that two waiting processes cannot remove
 * each other's fresh lock. The age guards against an owner that has not written its number yet.
 */
function dropStaleLock(lock: string, clock: Clock): void {
  if (ageOf(lock, clock) < staleAfter) return;
  const takeOver = `${lock}.takeover`;
  if (!tryLock(takeOver)) {
    if (ageOf(takeOver, clock) > patience) rmSync(takeOver, { force: true });
    return;
  }
  try {
    const owner = Number(readTextFile(lock) ?? '0');
    if (ageOf(lock, clock) >= staleAfter && !(owner > 0 && isAlive(owner))) rmSync(lock, { force: true });
  } finally {
    rmSync(takeOver, { force: true });
  }
}

async function acquire(lock: string, clock: Clock): Promise<void> {
  const end = clock.monotonic() + patience;
  while (!tryLock(lock)) {
    if (clock.monotonic() > end) {
      throw new ConfigError(`${lock} is held by another process`, { hint: 'remove it if no other rt runs' });
    }
    dropStaleLock(lock, clock);
    await delay(10);
  }
}

/** The file behind a symbolic link, so that the link stays; the path itself when nothing is there yet. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** What an update found and did. */
export interface FileUpdate {
  /** True when others could read the file before; now they cannot (RS-231). */
  readonly tightened: boolean;
}

/**
 * Runs a task on a file of ours while no other process changes it (RS-163); its folder is made when it is missing. The task gets the path
 * behind a symbolic link. Failures are ConfigErrors that name the file.
 */
export async function exclusively<T>(path: string, task: (target: string) => T | Promise<T>, clock: Clock): Promise<T> {
  const target = realPath(path);
  const lock = `${target}.lock`;
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    await acquire(lock, clock);
    try {
      return await task(target);
    } finally {
      rmSync(lock, { force: true });
    }
  } catch (error) {
    if (error instanceof RtError) throw error;
    throw new ConfigError(`cannot write ${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** Whether a file exists that others than its owner can use (RS-231). */
export function isOpenToOthers(path: string): boolean {
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0o600) & 0o077) !== 0;
}

/**
 * Changes a file of ours: reads it, lets `change` make the new text, writes it atomically with mode 0600. Changes of several processes
 * follow each other, none is lost (RS-107, RS-163). A missing file reads as the empty text. Throws ConfigError when it cannot be written.
 */
export function updatePrivateFile(path: string, change: (text: string) => string, clock: Clock): Promise<FileUpdate> {
  const write = (target: string): FileUpdate => {
    const tightened = isOpenToOthers(target);
    replaceFile(target, change(readTextFile(target) ?? ''));
    return { tightened };
  };
  return exclusively(path, write, clock);
}
