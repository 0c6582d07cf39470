import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isJsonObject, type JsonObject } from '../entity/json.js';
import { ConfigError } from '../errors/client-errors.js';
import { parseDotenv } from './dotenv.js';
import { variablesOf } from './environment-rows.js';
import { parseJsonObject } from './json-file.js';
import { readFileIfAny } from './private-file.js';
import { connectionKeys, emptyRow, filled, pathKeys, type Row } from './setting.js';

/** A variable of a `.env` file, and the file. */
interface DotenvVariable {
  readonly value: string;
  readonly path: string;
}

/** The variables of `.env` and, with a mode, of `.env.MODE`, which goes before it. They are only read, never exported (C-15, row 6). */
export function dotenvVariables(cwd: string, mode: string | undefined): ReadonlyMap<string, DotenvVariable> {
  const variables = new Map<string, DotenvVariable>();
  for (const name of ['.env', ...(mode === undefined ? [] : [`.env.${mode}`])]) {
    const path = join(cwd, name);
    for (const [key, value] of parseDotenv(readFileIfAny(path) ?? '')) variables.set(key, { value, path });
  }
  return variables;
}

/** Row 6: only the names of rows 2 to 5 and `OPS_APIHOST` count. */
export function dotenvRow(cwd: string, mode: string | undefined): Row {
  const variables = dotenvVariables(cwd, mode);
  if (variables.size === 0) return emptyRow;
  return (key) => {
    const names = [...variablesOf(key), ...(key === 'apihost' ? ['OPS_APIHOST'] : [])];
    for (const name of names) {
      const variable = variables.get(name);
      if (variable === undefined || !filled(variable.value)) continue;
      const { value, path } = variable;
      return { value, source: `${name} in ${path}`, origin: 'project', file: path };
    }
    return undefined;
  };
}

/** The project file, `.rt.json`: its row, the context that it selects, and the manifest that it names (D-1), absolute. */
export interface ProjectFile {
  readonly path: string;
  readonly context: string | undefined;
  readonly manifest: string | undefined;
  readonly row: Row;
}

/**
 * The path of the nearest `.rt.json`: from the working directory upwards to the root of the repository or the home folder. Outside of both
 * only the working directory counts: folders above may belong to others.
 */
export function findProjectFile(cwd: string, home: string): string | undefined {
  let nearest: string | undefined;
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, '.rt.json');
    if (nearest === undefined && existsSync(path)) nearest = path;
    if (folder === home || existsSync(join(folder, '.git'))) return nearest;
    if (folder === dirname(folder)) break;
  }
  return nearest === join(cwd, '.rt.json') ? nearest : undefined;
}

function textOf(document: JsonObject, key: string, path: string): string | undefined {
  const value = Object.hasOwn(document, key) ? document[key] : undefined;
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (key === 'insecure' && typeof value === 'boolean') return String(value);
  throw new ConfigError(`'${key}' in ${path} must be a ${key === 'insecure' ? 'boolean' : 'string'}`);
}

function rowOf(document: JsonObject, path: string): Row {
  const values = new Map(connectionKeys.map((key) => [key, textOf(document, key, path)]));
  return (key) => {
    const value = values.get(key);
    if (value === undefined) return undefined;
    // Files are named relative to the project, wherever in it the command runs.
    const absolute = pathKeys.has(key) ? resolve(dirname(path), value) : value;
    return { value: absolute, source: path, origin: 'project', file: path };
  };
}

/** Reads the project file (C-15, row 7). Throws ConfigError with file, line and column for one that cannot be read. */
export function readProjectFile(cwd: string, home: string): ProjectFile | undefined {
  const path = findProjectFile(cwd, home);
  const text = path === undefined ? undefined : readFileIfAny(path);
  if (path === undefined || text === undefined) return undefined;
  const document = parseJsonObject(text.replace(/^\ufeff/, ''), path, 'correct the file');
  const deploy = document['deploy'];
  const manifest = textOf(isJsonObject(deploy) ? deploy : document, 'manifest', path);
  return {
    path,
    context: textOf(document, 'context', path),
    manifest: manifest === undefined ? undefined : resolve(dirname(path), manifest),
    row: rowOf(document, path),
  };
}
