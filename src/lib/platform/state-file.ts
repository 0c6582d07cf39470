import { closeSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import type { ProcessIdentity } from './process-identity.js';

/** Grows when client and platform of different versions could misunderstand each other (RS-150). */
export const platformProtocol = 1;

/** Options of a running platform that a second `start` is compared with, by the name of their flag. */
export type ShownOptions = Readonly<Record<string, string>>;

/** What a running platform tells its clients; written when it is ready, removed when it stops. */
export interface PlatformState extends ProcessIdentity {
  /** Random for each start. */
  readonly instanceId: string;
  readonly version: string;
  readonly protocol: number;
  /** `http://127.0.0.1:3233`. */
  readonly url: string;
  /** Path of the control socket. */
  readonly socket: string;
  /** `UUID:KEY` of the default subject. */
  readonly auth: string;
  /** The namespace that the key opens. */
  readonly namespace: string;
  readonly driver: string;
  /** How many kinds of the manifest the driver can run here. */
  readonly kinds: number;
  /** `none`, `limits`, `namespaces` or `container` (reliability-and-security.md §1.5). */
  readonly isolation: string;
  /** Absent when nothing is kept (`--ephemeral`). */
  readonly dataDir?: string;
  /** Epoch milliseconds. */
  readonly started: number;
  readonly options: ShownOptions;
  /** True when the driver is used for the first time with this data folder: the user is told what it isolates. */
  readonly firstUse: boolean;
  /** Why the driver is not the one that `--driver auto` would have preferred. */
  readonly driverNote?: string;
}

const texts = ['startTime', 'instanceId', 'version', 'url', 'socket', 'auth', 'namespace', 'driver', 'isolation'];
const numbers = ['pid', 'protocol', 'kinds', 'started'];

/** The state of the platform that was started last. Undefined when there is none, or the file is damaged. It may be gone since. */
export function readPlatformState(paths: { readonly state: string }): PlatformState | undefined {
  try {
    return parsePlatformState(JSON.parse(readFileSync(paths.state, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A state that came from a file or over the socket; undefined when it is none. */
export function parsePlatformState(value: unknown): PlatformState | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const members = new Map<string, unknown>(Object.entries(value));
  const complete =
    texts.every((name) => typeof members.get(name) === 'string') &&
    numbers.every((name) => Number.isSafeInteger(members.get(name))) &&
    typeof members.get('firstUse') === 'boolean' &&
    typeof members.get('options') === 'object' &&
    members.get('options') !== null;
  return complete ? (value as PlatformState) : undefined;
}

/**
 * Writes the state so that a reader sees the old text or the new one; mode 0600, because it holds a key (RS-231). It is not forced to disk,
 * because no platform outlives the machine.
 */
export function writePlatformState(paths: { readonly state: string }, state: PlatformState): void {
  const temporary = `${paths.state}.${String(state.pid)}.tmp`;
  rmSync(temporary, { force: true });
  const descriptor = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(state)}\n`);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, paths.state);
}
