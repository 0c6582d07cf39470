import type { Sourced } from './connection.js';

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

/** Keys that a context or a project file can hold; the other two belong to a run. */
export const connectionKeys: readonly SettingKey[] = settingKeys.filter(
  (key) => key !== 'timeout' && key !== 'retries',
);

/** Keys whose values are paths of files. */
export const pathKeys: ReadonlySet<SettingKey> = new Set(['cert', 'key', 'cacert']);

/** Environment variables. */
export type Env = Readonly<Record<string, string | undefined>>;

/** A value, its source, and how far the source is to be trusted (RS-228). */
export interface Setting extends Sourced<string> {
  readonly origin: 'flag' | 'environment' | 'project' | 'context' | 'user';
  /** Absolute path of the project file that it comes from. */
  readonly file?: string;
  /** True for the namespace of `.wskprops`: it is shown, requests do not use it (C-10). */
  readonly shownOnly?: boolean;
}

/** One row of C-15: the value that a source has for a key. */
export type Row = (key: SettingKey) => Setting | undefined;

/** A row without any value. */
export const emptyRow: Row = () => undefined;

/** An empty value counts as not set. */
export function filled(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** A path below the home folder with `~`, for people. */
export function shownPath(path: string, home: string): string {
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
