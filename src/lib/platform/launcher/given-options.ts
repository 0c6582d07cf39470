import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parseLimitsDocument } from '../../entity/limits-document.js';
import type { LimitsDocument } from '../../entity/namespace-limits.js';
import { UsageError } from '../../errors/client-errors.js';
import {
  drivers,
  logLevels,
  type PlatformOptions,
  type PrewarmOption,
  pullPolicies,
  sandboxes,
  type UserOption,
} from './platform-options.js';
import { reasonOf } from './private-folder.js';

/** Flags of `rt platform start` as they were parsed; names as on the command line. */
export interface StartFlags {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly driver?: string | undefined;
  readonly pull?: string | undefined;
  readonly sandbox?: string | undefined;
  readonly runtimes?: string | undefined;
  readonly 'data-dir'?: string | undefined;
  readonly ephemeral?: boolean | undefined;
  readonly clean?: boolean | undefined;
  readonly metrics?: boolean | undefined;
  readonly pool?: number | undefined;
  readonly idle?: number | undefined;
  readonly 'auto-stop'?: number | undefined;
  readonly prewarm?: readonly string[] | undefined;
  readonly limits?: string | undefined;
  readonly user?: readonly { readonly key: string; readonly value: string }[] | undefined;
  readonly 'log-level'?: string | undefined;
}

/** Where names of files and environment variables are looked up. */
export interface OptionSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** What flags and environment say, and nothing else (cli.md §14.1). Throws UsageError. */
export function givenOptions(flags: StartFlags, around: OptionSurroundings): Partial<PlatformOptions> {
  const { env } = around;
  const dataDir = flags['data-dir'];
  return withoutUndefined({
    port: flags.port ?? portOf(env.RT_PLATFORM_PORT),
    host: flags.host ?? textOf(env.RT_PLATFORM_HOST),
    driver: oneOf(drivers, flags.driver ?? textOf(env.RT_PLATFORM_DRIVER), 'driver'),
    pull: oneOf(pullPolicies, flags.pull, 'pull'),
    sandbox: oneOf(sandboxes, flags.sandbox ?? textOf(env.RT_PLATFORM_SANDBOX), 'sandbox'),
    runtimes: runtimesOf(flags.runtimes, around),
    dataDir: dataDir === undefined ? undefined : absolute(dataDir, around.cwd),
    ephemeral: flags.ephemeral === true ? true : undefined,
    clean: flags.clean === true ? true : undefined,
    metrics: flags.metrics === true ? true : undefined,
    pool: flags.pool,
    idle: flags.idle,
    autoStop: flags['auto-stop'],
    prewarm: flags.prewarm?.map(parsePrewarm),
    users: flags.user?.map(({ key, value }) => parseUser(key, value)),
    limits: limitsOf(flags.limits, around.cwd),
    logLevel: oneOf(logLevels, flags['log-level'], 'log-level'),
  });
}

/** `nodejs:20=2`, or a kind alone for one stem cell. */
function parsePrewarm(text: string): PrewarmOption {
  const [, kind = '', count = '1'] = /^([^=]+)(?:=(\d{1,3}))?$/.exec(text) ?? [];
  if (kind === '')
    throw new UsageError(`Invalid value '${text}' for --prewarm: expected a kind and a number, nodejs:20=2`);
  return { kind, count: Number(count) };
}

function parseUser(name: string, key: string): UserOption {
  const colon = key.indexOf(':');
  const [uuid, secret] = [key.slice(0, colon), key.slice(colon + 1)];
  if (!/^[\w@.-]{1,256}$/.test(name)) throw new UsageError(`--user: '${name}' cannot be the name of a namespace`);
  // The key itself is not repeated: error texts end up in logs (C-60).
  if (!/^[\w-]{36}$/.test(uuid) || !/^\w{64}$/.test(secret)) {
    throw new UsageError(`--user ${name}: the key must be 36 characters, a colon and 64 characters`);
  }
  return { name, uuid, key: secret };
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`RT_PLATFORM_PORT is '${text}', not a port number`);
}

/** The manifest's text: of the file of a flag, or of `RT_RUNTIMES`, or `WSK_RUNTIMES_JSON` itself. */
function runtimesOf(flag: string | undefined, { env, cwd }: OptionSurroundings): string | undefined {
  const file = flag ?? textOf(env.RT_RUNTIMES);
  if (file === undefined) return textOf(env.WSK_RUNTIMES_JSON);
  return textOfFile(file, cwd, 'runtimes manifest');
}

function limitsOf(file: string | undefined, cwd: string): LimitsDocument | undefined {
  return file === undefined ? undefined : parseLimitsDocument(textOfFile(file, cwd, 'limits file'), file);
}

function textOfFile(file: string, cwd: string, what: string): string {
  try {
    return readFileSync(absolute(file, cwd), 'utf8');
  } catch (error) {
    throw new UsageError(`the ${what} '${file}' cannot be read: ${reasonOf(error)}`, { cause: error });
  }
}

function oneOf<T extends string>(words: readonly T[], text: string | undefined, what: string): T | undefined {
  const word = words.find((candidate) => candidate === text);
  if (text === undefined || word !== undefined) return word;
  throw new UsageError(`Invalid value '${text}' for --${what}: expected ${words.join(', ')}`);
}

function textOf(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function absolute(path: string, cwd: string): string {
  return isAbsolute(path) ? path : join(cwd, path);
}

/** Absent members instead of undefined ones. */
function withoutUndefined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
