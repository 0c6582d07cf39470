import { dirname, resolve } from 'node:path';
import { UsageError } from '../errors/client-errors.js';
import { storedApihost } from './apihost.js';
import { contextOf } from './config-file.js';
import { parseJsonObject } from './json-file.js';
import { propertyNames } from './properties-row.js';
import { pathKeys, type SettingKey } from './setting.js';
import { Wskprops } from './wskprops.js';

/** A context as it travels between machines. */
export interface ContextText {
  /** The name in it; a properties file has none. */
  readonly name: string | undefined;
  readonly values: ReadonlyMap<SettingKey, string>;
}

/** A word that a POSIX shell takes as it is. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** A context as assignments for `eval`, in the names of row 2 of C-15. */
export function contextAsEnv({ values }: ContextText): string {
  return [...values].map(([key, value]) => `export RT_${key.toUpperCase()}=${quoted(value)}\n`).join('');
}

/** A context as a properties file. What such a file cannot hold is left out. */
export function contextAsProperties({ values }: ContextText): string {
  let properties = Wskprops.parse('');
  for (const [key, value] of values) {
    const name = propertyNames[key];
    if (name !== undefined) properties = properties.with(name, value);
  }
  return properties.print();
}

/** A context as a JSON document; `context import` reads it. */
export function contextAsDocument({ name, values }: ContextText): object {
  const entries = [...values].map(([key, value]) => [key, key === 'insecure' ? value === 'true' : value] as const);
  return { ...(name === undefined ? {} : { name }), ...Object.fromEntries(entries) };
}

function parse(text: string, source: string): ContextText {
  if (text.startsWith('{')) {
    const document = parseJsonObject(text, source, 'rt context export --format json writes one');
    return { name: typeof document.name === 'string' ? document.name : undefined, values: contextOf(document) };
  }
  const properties = Wskprops.parse(text);
  const values = Object.entries(propertyNames).flatMap(([key, name]): [string, string][] => {
    const value = properties.get(name);
    return value === undefined ? [] : [[key, value]];
  });
  return { name: undefined, values: contextOf(Object.fromEntries(values)) };
}

/**
 * Reads a context from JSON or a properties file. Paths in it are taken relative to the file, `source`. A UsageError without API host, a
 * ConfigError for what is damaged.
 */
export function parseContext(text: string, source: string): ContextText {
  const { name, values } = parse(text.replace(/^\ufeff/, '').trim(), source);
  const apihost = values.get('apihost');
  if (apihost === undefined) throw new UsageError(`there is no API host in ${source}`);
  const entries = [...values].map(([key, value]): [SettingKey, string] => {
    return [key, pathKeys.has(key) ? resolve(dirname(source), value) : value];
  });
  return { name, values: new Map([...entries, ['apihost', storedApihost(apihost, source)]]) };
}
