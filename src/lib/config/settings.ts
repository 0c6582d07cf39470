import { join } from 'node:path';
import { ConfigError } from '../errors/client-errors.js';
import type { Sourced } from './connection.js';
import { parseDotenv } from './dotenv.js';
import { readTextFile } from './private-file.js';
import { Wskprops } from './wskprops.js';

/** The keys of C-15, and the two that only have a flag and a variable. */
export const settingKeys = [
  'apihost',
  'auth',
  'namespace',
  'apiversion',
  'cert',
  'key',
  'cacert',
  'insecure',
  'apigw_token',
  'apigw_tenant',
  'timeout',
  'retries',
] as const;

export type SettingKey = (typeof settingKeys)[number];

type Env = Readonly<Record<string, string | undefined>>;

/** Where settings come from. */
export interface SettingSources {
  /** Values of flags, as text. */
  readonly flags: Readonly<Partial<Record<SettingKey, string>>>;
  readonly env: Env;
  readonly cwd: string;
  readonly home: string;
  /** Name given with `--context` (C-16). */
  readonly context?: string | undefined;
}

/** A value, its source, and how far the source is to be trusted (RS-228). */
export interface Setting extends Sourced<string> {
  readonly origin: 'flag' | 'environment' | 'project' | 'user';
}

/** The effective settings: per key the first hit of C-15. */
export interface Settings {
  readonly values: ReadonlyMap<SettingKey, Setting>;
  /** Built-in context that was selected explicitly. */
  readonly context: 'local' | 'wskprops' | undefined;
}

type Row = (key: SettingKey) => Setting | undefined;

const whiskNames: Partial<Record<SettingKey, readonly string[]>> = {
  apihost: ['WHISK_APIHOST'],
  auth: ['WHISK_AUTH'],
  apiversion: ['WHISK_APIVERSION'],
  namespace: ['WHISK_NAMESPACE'],
};

const actionNames: Partial<Record<SettingKey, readonly string[]>> = {
  apihost: ['__OW_API_HOST'],
  auth: ['__OW_API_KEY'],
  namespace: ['__OW_NAMESPACE'],
  insecure: ['__OW_IGNORE_CERTS'],
  apigw_token: ['__OW_APIGW_TOKEN'],
  apigw_tenant: ['__OW_APIGW_SPACE_GUID', '__OW_APIGW_SPACE_SUID'],
};

const propertyNames: Partial<Record<SettingKey, readonly string[]>> = {
  apihost: ['APIHOST'],
  auth: ['AUTH'],
  apiversion: ['APIVERSION'],
  namespace: ['NAMESPACE'],
  cert: ['CERT'],
  key: ['KEY'],
  insecure: ['INSECURE'],
  apigw_token: ['APIGW_ACCESS_TOKEN'],
  apigw_tenant: ['APIGW_TENANT_ID'],
};

function rtNames(key: SettingKey): readonly string[] {
  return [key === 'timeout' ? 'RT_HTTP_TIMEOUT' : `RT_${key.toUpperCase()}`];
}

/** aio reads `AIO_RUNTIME_APIHOST` and `AIO_runtime_apihost`; `_` in a key is written `__`. */
function aioNames(key: SettingKey): readonly string[] {
  const name = key.replaceAll('_', '__');
  return [`AIO_RUNTIME_${name.toUpperCase()}`, `AIO_runtime_${name}`];
}

/** Rows 2 to 5 of C-15, in order. */
const environmentRows: readonly ((key: SettingKey) => readonly string[])[] = [
  rtNames,
  (key) => whiskNames[key] ?? [],
  (key) => actionNames[key] ?? [],
  aioNames,
];

/** An empty variable counts as not set. */
function filled(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

function variableRows(env: Env): readonly Row[] {
  return environmentRows.map((namesOf) => (key) => {
    const name = namesOf(key).find((candidate) => filled(env[candidate]));
    const value = name === undefined ? undefined : env[name];
    return name === undefined || value === undefined ? undefined : { value, source: name, origin: 'environment' };
  });
}

/** Row 6: `.env` in the working directory; only the names of rows 2 to 5 and `OPS_APIHOST`. */
function dotenvRow(cwd: string): Row {
  const path = join(cwd, '.env');
  const text = readTextFile(path);
  if (text === undefined) return () => undefined;
  const variables = parseDotenv(text);
  return (key) => {
    const names = [
      ...environmentRows.flatMap((namesOf) => namesOf(key)),
      ...(key === 'apihost' ? ['OPS_APIHOST'] : []),
    ];
    const name = names.find((candidate) => filled(variables.get(candidate)));
    const value = name === undefined ? undefined : variables.get(name);
    return name === undefined || value === undefined
      ? undefined
      : { value, source: `${name} in ${path}`, origin: 'project' };
  };
}

/** The path of the properties file; undefined when `WSK_CONFIG_FILE` is set to nothing (C-19). */
export function wskpropsPath(env: Env, home: string): string | undefined {
  const chosen = env.WSK_CONFIG_FILE;
  if (chosen === undefined) return join(home, '.wskprops');
  return chosen === '' ? undefined : chosen;
}

/** A path below the home folder with `~`, for people. */
function shownPath(path: string, home: string): string {
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

/** Row 9: the properties file. Its NAMESPACE is never used for requests (C-10). */
function propertiesRow(env: Env, home: string): Row {
  const path = wskpropsPath(env, home);
  const text = path === undefined ? undefined : readTextFile(path);
  if (path === undefined || text === undefined) return () => undefined;
  const properties = Wskprops.parse(text);
  return (key) => {
    const value = (propertyNames[key] ?? []).map((name) => properties.get(name)).find(filled);
    return value === undefined ? undefined : { value, source: shownPath(path, home), origin: 'user' };
  };
}

function explicitContext(sources: SettingSources): Settings['context'] {
  const name = sources.context ?? sources.env.RT_CONTEXT;
  if (!filled(name)) return undefined;
  if (name === 'local' || name === 'wskprops') return name;
  throw new ConfigError(`there is no context '${name}'`, { hint: 'the contexts are local and wskprops' });
}

/** The rows of C-15 that apply. An explicit context leaves nothing between itself and the flags (C-16). */
function rowsOf(sources: SettingSources, context: Settings['context']): readonly Row[] {
  const flags: Row = (key) => {
    const value = sources.flags[key];
    const flag = key === 'timeout' ? 'timeout-http' : key;
    return value === undefined ? undefined : { value, source: `--${flag}`, origin: 'flag' };
  };
  if (context === 'local') return [flags];
  const properties = propertiesRow(sources.env, sources.home);
  if (context === 'wskprops') return [flags, properties];
  return [flags, ...variableRows(sources.env), dotenvRow(sources.cwd), properties];
}

/** The effective settings with their sources (C-15). Reads files, judges nothing. */
export function resolveSettings(sources: SettingSources): Settings {
  const context = explicitContext(sources);
  const rows = rowsOf(sources, context);
  const values = new Map<SettingKey, Setting>();
  for (const key of settingKeys) {
    for (const row of rows) {
      const setting = row(key);
      if (setting === undefined) continue;
      values.set(key, setting);
      break;
    }
  }
  return { values, context };
}
