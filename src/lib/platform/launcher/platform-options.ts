import type { LimitsDocument } from '../../entity/namespace-limits.js';
import type { ShownOptions } from '../state-file.js';

/** Stem cells that are always kept, as `--prewarm nodejs:20=2` says. */
export interface PrewarmOption {
  readonly kind: string;
  readonly count: number;
}

/** A subject with a key of the user's choice. */
export interface UserOption {
  /** Name of the subject and of its namespace. */
  readonly name: string;
  /** 36 characters. */
  readonly uuid: string;
  /** 64 characters. */
  readonly key: string;
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

export const pullPolicies = ['always', 'missing', 'never'] as const;
/** What holds actions of the process driver back (reliability-and-security.md §2.5). */
export const sandboxes = ['none', 'limits', 'namespaces'] as const;

export const drivers = ['auto', 'docker', 'process'] as const;

/** The options of `rt platform start` (cli.md §14.1). */
export interface PlatformOptions {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  readonly driver: (typeof drivers)[number];
  /** When the docker driver pulls images. */
  readonly pull: (typeof pullPolicies)[number];
  readonly sandbox: (typeof sandboxes)[number];
  /** JSON text of a runtimes manifest; absent: the built-in one. */
  readonly runtimes?: string;
  /** Absolute path; absent: `RT_HOME/platform`. */
  readonly dataDir?: string;
  readonly ephemeral: boolean;
  /** Moves the stored data aside first. */
  readonly clean: boolean;
  /** Whether `GET /metrics` answers, in Prometheus' text form, to whoever can reach the port. */
  readonly metrics: boolean;
  /** MB for all runtimes together. */
  readonly pool: number;
  /** Milliseconds until an idle runtime is removed. */
  readonly idle: number;
  /** Milliseconds without requests until the platform stops itself; absent: never. */
  readonly autoStop?: number;
  readonly prewarm: readonly PrewarmOption[];
  readonly users: readonly UserOption[];
  /** What namespaces may do; absent: nothing is counted (openwhisk-api.md §19.3). */
  readonly limits?: LimitsDocument;
  readonly logLevel: LogLevel;
}

/** What `rt platform start` without flags means. */
export const defaultPlatformOptions: PlatformOptions = {
  port: 3233,
  host: '127.0.0.1',
  driver: 'auto',
  pull: 'missing',
  sandbox: 'limits',
  ephemeral: false,
  clean: false,
  metrics: false,
  pool: 2048,
  idle: 600_000,
  prewarm: [],
  users: [],
  logLevel: 'info',
};

/** A platform that was started on demand ends after 30 minutes without a request. */
export const autostartAutoStop = 1_800_000;

/** The options as they are shown and compared, by the name of their flag; keys are left out (RS-235). */
export function shownOptions(options: Partial<PlatformOptions>): ShownOptions {
  const { runtimes, dataDir, prewarm, users, autoStop, limits, logLevel, ...plain } = options;
  const shown = {
    ...plain,
    clean: undefined,
    metrics: options.metrics === true ? true : undefined,
    runtimes: runtimes === undefined ? undefined : `a manifest of ${String(runtimes.length)} characters`,
    'data-dir': dataDir,
    'auto-stop': autoStop,
    'log-level': logLevel,
    limits: limits === undefined ? undefined : JSON.stringify(limits),
    prewarm: prewarm?.map(({ kind, count }) => `${kind}=${String(count)}`).join(' '),
    user: users?.map(({ name }) => name).join(' '),
  };
  const given = Object.entries(shown).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
