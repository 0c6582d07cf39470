import { ConfigError } from '../errors/client-errors.js';
import { type AioConfig, type AioConfigRead, aioRow, globalAioPath, readAioConfig } from './aio-config.js';
import { type ConfigFile, configPath, readConfigFile } from './config-file.js';
import { environmentRow } from './environment-rows.js';
import { join } from 'node:path';
import { dotenvRow, type ProjectFile, readProjectFile } from './project-rows.js';
import { propertiesRow } from './properties-row.js';
import { emptyRow, type Env, filled, type Row, type Setting, type SettingKey, settingKeys } from './setting.js';

/** Where settings come from. */
export interface SettingSources {
  /** Values of flags, as text. */
  readonly flags: Readonly<Partial<Record<SettingKey, string>>>;
  readonly env: Env;
  readonly cwd: string;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  /** Name given with `--context` (C-16). */
  readonly context?: string | undefined;
  /** Name given with `--mode`: `.env.MODE` is read too. */
  readonly mode?: string | undefined;
}

/** A context that was selected, and by what. */
export interface SelectedContext {
  readonly name: string;
  /** `--context`, `RT_CONTEXT`, the path of a project file, or `rt context use`. */
  readonly source: string;
  /** Selected for this run, by flag or variable: nothing goes before it but flags (C-16). */
  readonly explicit: boolean;
}

/** The effective settings: per key the first hit of C-15. */
export interface Settings {
  readonly values: ReadonlyMap<SettingKey, Setting>;
  readonly context: SelectedContext | undefined;
  /** What was left out and why, for `-v`. */
  readonly notes: readonly string[];
}

/** Contexts that are always there. */
export const builtInContexts: readonly string[] = ['local', 'wskprops'];

/** What a selected context leaves of the environment: what belongs to the run and the machine, not to a connection. */
const besideContext: ReadonlySet<SettingKey> = new Set(['timeout', 'retries', 'cacert']);

function flagRow(sources: SettingSources): Row {
  return (key) => {
    const value = sources.flags[key];
    const flag = key === 'timeout' ? 'timeout-http' : key;
    return value === undefined ? undefined : { value, source: `--${flag}`, origin: 'flag' };
  };
}

function firstOf(rows: readonly Row[]): Row {
  return (key) => {
    for (const row of rows) {
      const setting = row(key);
      if (setting !== undefined) return setting;
    }
    return undefined;
  };
}

/** The context that `--context` or `RT_CONTEXT` selects (C-16). */
export function explicitContext(sources: SettingSources): SelectedContext | undefined {
  if (filled(sources.context)) return { name: sources.context, source: '--context', explicit: true };
  const { RT_CONTEXT: variable } = sources.env;
  return filled(variable) ? { name: variable, source: 'RT_CONTEXT', explicit: true } : undefined;
}

/** The row of a stored context. A name that does not exist is a ConfigError. */
function contextRow({ name, source }: SelectedContext, config: ConfigFile): Row {
  const values = config.contexts.get(name);
  if (values === undefined) {
    const known = [...builtInContexts, ...config.contexts.keys()];
    throw new ConfigError(`there is no context '${name}' (from ${source})`, {
      hint: `the contexts are ${known.join(', ')}`,
    });
  }
  return (key) => {
    const value = values.get(key);
    return value === undefined ? undefined : { value, source: `context ${name}`, origin: 'context' };
  };
}

/** The sources of one run, read once. */
class SourceReader {
  readonly notes: string[] = [];

  constructor(private readonly sources: SettingSources) {}

  /** Everything above row 8, and the project file, which may select a context. */
  async upper(): Promise<{ rows: readonly Row[]; project: ProjectFile | undefined; aio: AioConfig | undefined }> {
    const { env, cwd, home, mode } = this.sources;
    const project = readProjectFile(cwd, home);
    const aio = this.usable(await readAioConfig(join(cwd, '.aio')));
    const rows = [environmentRow(env), dotenvRow(cwd, mode), project?.row ?? emptyRow, aioRow(aio, 'project', home)];
    return { rows, project, aio };
  }

  /**
   * `config.json`. When host and key are known without it, a damaged one is left out (RS-164); otherwise that is an error.
   */
  config(needed: boolean): ConfigFile | undefined {
    try {
      return readConfigFile(configPath(this.sources));
    } catch (error) {
      if (needed || !(error instanceof ConfigError)) throw error;
      this.notes.push(`${error.message}; it was left out`);
      return undefined;
    }
  }

  /** Rows 9 and 10. */
  async lower(project: AioConfig | undefined): Promise<readonly Row[]> {
    const { env, home } = this.sources;
    const user = this.usable(await readAioConfig(globalAioPath(env, home)));
    return [propertiesRow(this.sources, { project, user }), aioRow(user, 'user', home)];
  }

  private usable(read: AioConfigRead): AioConfig | undefined {
    if (read === undefined || !('skipped' in read)) return read;
    this.notes.push(read.skipped);
    return undefined;
  }
}

/** The rows behind the selected context: a context is a whole connection, so nothing below it completes it. */
async function rowsOfContext(
  selected: SelectedContext,
  reader: SourceReader,
  aio: AioConfig | undefined,
): Promise<readonly Row[]> {
  if (selected.name === 'local') return [];
  if (selected.name === 'wskprops') return (await reader.lower(aio)).slice(0, 1);
  const config = reader.config(true);
  return config === undefined ? [] : [contextRow(selected, config)];
}

async function explicitRows(selected: SelectedContext, reader: SourceReader, sources: SettingSources): Promise<Row[]> {
  const beside: Row = (key) => (besideContext.has(key) ? environmentRow(sources.env)(key) : undefined);
  return [flagRow(sources), ...(await rowsOfContext(selected, reader, undefined)), beside];
}

/** The effective settings with their sources (C-15, C-16). Reads files, judges nothing. Rejects with ConfigError for damaged files. */
export async function resolveSettings(sources: SettingSources): Promise<Settings> {
  const reader = new SourceReader(sources);
  const explicit = explicitContext(sources);
  if (explicit !== undefined) return settingsOf(await explicitRows(explicit, reader, sources), explicit, reader.notes);
  const upper = await reader.upper();
  const above = [flagRow(sources), ...upper.rows];
  const known = firstOf(above);
  const settled = known('apihost') !== undefined && known('auth') !== undefined;
  const selected = selectedContext(upper.project, reader.config(!settled));
  const below =
    selected === undefined ? await reader.lower(upper.aio) : await rowsOfContext(selected, reader, upper.aio);
  return settingsOf([...above, ...below], selected, reader.notes);
}

function selectedContext(
  project: ProjectFile | undefined,
  config: ConfigFile | undefined,
): SelectedContext | undefined {
  if (project?.context !== undefined) return { name: project.context, source: project.path, explicit: false };
  const current = config?.current;
  return current === undefined ? undefined : { name: current, source: 'rt context use', explicit: false };
}

function settingsOf(rows: readonly Row[], context: SelectedContext | undefined, notes: readonly string[]): Settings {
  const row = firstOf(rows);
  const values = new Map<SettingKey, Setting>();
  for (const key of settingKeys) {
    const setting = row(key);
    if (setting !== undefined) values.set(key, setting);
  }
  return { values, context, notes };
}
