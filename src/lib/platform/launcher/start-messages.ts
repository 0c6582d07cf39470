import { RtError } from '../../errors/rt-error.js';
import { PlatformError } from '../../errors/client-errors.js';
import type { PlatformPaths } from '../platform-paths.js';
import { parsePlatformState, type PlatformState } from '../state-file.js';
import type { PlatformOptions } from './platform-options.js';

/** What the launcher asks of the platform program, as one JSON line on descriptor 3. Keys never stand on a command line (RS-234). */
export type LaunchRequest =
  | {
      readonly task: 'start';
      readonly paths: PlatformPaths;
      readonly options: PlatformOptions;
      readonly version: string;
      /** Whether the log goes to stderr as well. */
      readonly foreground: boolean;
    }
  | {
      readonly task: 'reset';
      readonly paths: PlatformPaths;
      readonly dataDir: string;
      readonly keep?: 'activations' | 'entities';
      /** Remove instead of moving aside. */
      readonly purge: boolean;
    }
  | PullRequest
  | { readonly task: 'prune'; readonly paths: PlatformPaths };

/** A request as it goes over the link. */
export type LaunchLine = LaunchRequest & {
  /** Whether the program's output leads nowhere yet, since it was run before it was needed: the log takes it from now on. */
  readonly unlogged?: boolean;
};

/** The image of a kind, which is to be on this machine. */
export interface WantedKind {
  readonly kind: string;
  readonly family: string;
  readonly image: string;
}

/** Gets images of kinds for the docker driver. */
export interface PullRequest {
  readonly task: 'pull';
  readonly paths: PlatformPaths;
  readonly kinds: readonly WantedKind[];
  /** Make the images from what is on this machine instead of pulling them. */
  readonly build: boolean;
  /** The image to make them from. */
  readonly base?: string;
  /** Whether lines of progress go to stderr. */
  readonly foreground: boolean;
}

/** What became of the images. */
export interface PullReport {
  readonly done: readonly {
    readonly kind: string;
    readonly image: string;
    /** What it was made from. */
    readonly base?: string;
  }[];
  readonly failed: readonly { readonly kind: string; readonly image: string; readonly reason: string }[];
}

/** What was left over and is gone now. */
export interface PruneReport {
  /** The container engine; absent when there is none. */
  readonly engine?: string;
  readonly containers: readonly string[];
}

/** What the platform program answers, as one JSON line on descriptor 3. */
export type LaunchAnswer =
  | { readonly type: 'ready'; readonly state: PlatformState }
  /** Paths of what was moved or removed. */
  | { readonly type: 'reset'; readonly moved: readonly string[]; readonly backups: readonly string[] }
  | ({ readonly type: 'pulled' } & PullReport)
  | ({ readonly type: 'pruned' } & PruneReport)
  /** Another process has the lock: it starts, runs or stops. */
  | { readonly type: 'locked' }
  | {
      readonly type: 'failed';
      readonly message: string;
      readonly hint?: string;
      readonly code: RtError['code'];
      readonly exitStatus: number;
    };

/** The line for an error: errors of ours keep what a user needs, others are bugs. */
export function failureAnswer(error: unknown): LaunchAnswer {
  if (!(error instanceof RtError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { type: 'failed', message: `the local platform cannot start: ${message}`, code: 'platform', exitStatus: 5 };
  }
  const { message, hint, code, exitStatus } = error;
  return { type: 'failed', message, code, exitStatus, ...(hint === undefined ? {} : { hint }) };
}

/** The error that an answer `failed` stands for. */
export function failureOf(answer: LaunchAnswer & { readonly type: 'failed' }, log: string): RtError {
  const { message, hint = `the log is ${log}`, code, exitStatus } = answer;
  return new RtError(code, message, { hint, exitStatus });
}

/** Reads the line of the platform program. Throws PlatformError when it is none. */
export function parseLaunchAnswer(line: string): LaunchAnswer {
  const answer = parseObject(line);
  const state = parsePlatformState(answer.get('state'));
  switch (answer.get('type')) {
    case 'ready':
      if (state !== undefined) return { type: 'ready', state };
      break;
    case 'locked':
      return { type: 'locked' };
    case 'reset':
    case 'pulled':
    case 'pruned':
    case 'failed':
      return Object.fromEntries(answer) as LaunchAnswer;
  }
  throw new PlatformError(`the local platform announced itself with '${line.slice(0, 80)}'`);
}

function parseObject(line: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
