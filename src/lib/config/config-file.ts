import { join } from 'node:path';
import { isJsonObject, type JsonObject } from '../entity/json.js';
import { ConfigError } from '../errors/client-errors.js';
import { readJsonFile } from './json-file.js';
import type { HomeSurroundings } from './rt-home.js';
import { configFolder } from './rt-home.js';
import { connectionKeys, type SettingKey } from './setting.js';

/** The version of `config.json` that this program reads and writes (RS-273). */
export const configVersion = 1;

/** The values of a context, as text. */
export type ContextValues = ReadonlyMap<SettingKey, string>;

/** What `config.json` holds, as far as rt knows it. */
export interface ConfigFile {
  /** The context of `context use`. */
  readonly current: string | undefined;
  /** The one before it, for `context use -`. */
  readonly previous: string | undefined;
  readonly contexts: ReadonlyMap<string, ContextValues>;
  /** Settings of `config set`. */
  readonly settings: ReadonlyMap<string, string>;
  /** API hosts that project files may set although the key is the user's, by path of the file (RS-228). */
  readonly trusted: ReadonlyMap<string, string>;
}

/** The path of `config.json`. */
export function configPath(surroundings: HomeSurroundings): string {
  return join(configFolder(surroundings), 'config.json');
}

/** The object under a name; an empty one when there is none. */
export function objectIn(document: JsonObject, name: string): JsonObject {
  const value = Object.hasOwn(document, name) ? document[name] : undefined;
  return isJsonObject(value) ? value : {};
}

function texts(object: JsonObject): Map<string, string> {
  const entries = Object.entries(object).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, String(value)]] : [],
  );
  return new Map(entries);
}

/** The values of a context in an object; other members are left out. */
export function contextOf(object: JsonObject): ContextValues {
  const values = texts(object);
  return new Map(
    connectionKeys.flatMap((key): [SettingKey, string][] => {
      const value = values.get(key);
      return value === undefined || value === '' ? [] : [[key, value]];
    }),
  );
}

/**
 * The raw document of `config.json`; empty when there is no file. A damaged file is a ConfigError that names line and column (RS-164); so
 * is one that a newer rt wrote (RS-273).
 */
export function readConfigDocument(path: string): JsonObject {
  const document = readJsonFile(path, 'correct it, or move it away; it was not changed') ?? {};
  const { version } = document;
  if (typeof version === 'number' && version > configVersion) {
    throw new ConfigError(`${path} was written by a newer rt (version ${String(version)} of the file)`, {
      hint: `this rt knows version ${String(configVersion)}; update it, or set RT_CONFIG_DIR to another folder`,
    });
  }
  return document;
}

/** Reads `config.json` without the library that writes it, for every run needs it. Throws ConfigError as `readConfigDocument` does. */
export function readConfigFile(path: string): ConfigFile {
  const document = readConfigDocument(path);
  const { current, previous } = document;
  const contexts = Object.entries(objectIn(document, 'contexts')).flatMap(([name, value]): [string, ContextValues][] =>
    isJsonObject(value) ? [[name, contextOf(value)]] : [],
  );
  return {
    current: typeof current === 'string' ? current : undefined,
    previous: typeof previous === 'string' ? previous : undefined,
    contexts: new Map(contexts),
    settings: texts(objectIn(document, 'settings')),
    trusted: texts(objectIn(document, 'trusted')),
  };
}
