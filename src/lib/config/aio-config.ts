import { join } from 'node:path';
import { isJsonObject } from '../entity/json.js';
import { aioVariables } from './environment-rows.js';
import { parseHjson } from './hjson.js';
import { readFileIfAny } from './private-file.js';
import { emptyRow, type Env, filled, type Row, type Setting, shownPath } from './setting.js';

/** What rt reads of a configuration file of aio. */
export interface AioConfig {
  readonly path: string;
  /** The value of `runtime.KEY`, as text. */
  get(key: string): string | undefined;
}

/** A configuration of aio, or why it is left out. */
export type AioConfigRead = AioConfig | { readonly skipped: string } | undefined;

/** The path of aio's global configuration (C-15, row 10). */
export function globalAioPath(env: Env, home: string): string {
  const { AIO_CONFIG_FILE: chosen, XDG_CONFIG_HOME: xdg } = env;
  if (filled(chosen)) return chosen;
  return join(filled(xdg) ? xdg : join(home, '.config'), 'aio');
}

/** JSON, Hjson or YAML; yaml is loaded only for a text without braces. */
async function parseAny(text: string): Promise<unknown> {
  if (/^(?:\{|\/\/|\/\*)/.test(text)) return parseHjson(text);
  const { parse } = await import('yaml');
  return parse(text, { maxAliasCount: 100 });
}

function scalar(value: unknown): string | undefined {
  if (typeof value === 'string') return filled(value) ? value : undefined;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Reads a configuration file of aio. It belongs to another program, so what cannot be read is left out, not reported as an error. */
export async function readAioConfig(path: string): Promise<AioConfigRead> {
  let document: unknown;
  try {
    const text = readFileIfAny(path)
      ?.replace(/^\ufeff/, '')
      .trim();
    if (!filled(text)) return undefined;
    document = await parseAny(text);
  } catch (error) {
    return { skipped: `${path} was left out: ${error instanceof Error ? error.message : String(error)}` };
  }
  const runtime = isJsonObject(document) ? document.runtime : undefined;
  const members: Readonly<Record<string, unknown>> = isJsonObject(runtime) ? runtime : {};
  return { path, get: (key) => (Object.hasOwn(members, key) ? scalar(members[key]) : undefined) };
}

/** A row of `runtime.*` values. */
export function aioRow(config: AioConfig | undefined, origin: Setting['origin'], home: string): Row {
  if (config === undefined) return emptyRow;
  const file = origin === 'project' ? { file: config.path } : {};
  return (key) => {
    const value = config.get(key);
    return value === undefined ? undefined : { value, source: shownPath(config.path, home), origin, ...file };
  };
}

/** A properties file that aio's configuration names in the environment, as `runtime.config_file`. */
export function aioPropertiesVariable(env: Env): string | undefined {
  return aioVariables('config_file')
    .map((name) => env[name])
    .find(filled);
}
