import { basename } from 'node:path';
import { parseDotenv } from '../../config/dotenv.js';
import { UsageError } from '../../errors/client-errors.js';
import { isJson, jsonMember, jsonMembers } from '../json-text.js';
import { describeJsonProblem, findJsonProblem } from '../../entity/json-problem.js';
import type { TextInput } from './text-input.js';

/** A key and its value as JSON text, so that numbers keep their digits (C-24). */
export interface JsonEntry {
  readonly key: string;
  readonly value: string;
}

/** What a file is about, for messages. */
export type FileSubject = 'parameter' | 'annotation' | 'environment';

/** Reads a file of `-P`, `-A` or `-E`: an object or `[{"key","value"}]` in JSON or YAML, or `.env` syntax (C-26). Throws UsageError. */
export async function readEntries(file: string, subject: FileSubject, input: TextInput): Promise<readonly JsonEntry[]> {
  const label = `Invalid ${subject} file '${file}'`;
  const name = basename(file).toLowerCase();
  if (subject === 'environment' && name.includes('.env') && !/\.(?:json|ya?ml)$/.test(name)) {
    return envEntries(await input.file(file));
  }
  return entriesOf(await readJson(file, label, input), label);
}

/** The content of a JSON file, or of a YAML file, as JSON text. Throws UsageError, which begins with `label`. */
export async function readJson(file: string, label: string, input: TextInput): Promise<string> {
  const text = await input.file(file);
  if (/\.ya?ml$/i.test(file)) return yamlAsJson(text, label);
  if (isJson(text)) return text;
  const problem = findJsonProblem(text);
  const where = problem === undefined ? '' : ` at ${describeFilePlace(text, problem)}`;
  throw new UsageError(`${label}: not valid JSON${where}`);
}

/** Lines of a file are always named, even when it has only one. */
function describeFilePlace(text: string, problem: { readonly offset: number; readonly reason: string }): string {
  const place = describeJsonProblem(text, problem);
  return place.startsWith('line') ? place : `line 1, ${place}`;
}

function entriesOf(json: string, label: string): readonly JsonEntry[] {
  const kind = kindOf(json);
  if (kind === 'object') return jsonMembers(json).map(({ name, value }) => ({ key: name, value }));
  const listed = kind === 'array' ? keyValueEntries(json) : undefined;
  if (listed !== undefined) return listed;
  throw new UsageError(`${label}: expected an object at the top level, found ${article(kind)}`);
}

/** The form in which the API prints parameters; undefined when an element is no `{"key","value"}`. An empty array is none. */
function keyValueEntries(json: string): readonly JsonEntry[] | undefined {
  const entries: JsonEntry[] = [];
  for (const { value: element } of jsonMembers(json)) {
    if (kindOf(element) !== 'object') return undefined;
    const key: unknown = JSON.parse(jsonMember(element, ['key']) ?? 'null');
    const value = jsonMember(element, ['value']);
    if (typeof key !== 'string' || value === undefined) return undefined;
    entries.push({ key, value });
  }
  return entries.length === 0 ? undefined : entries;
}

function kindOf(json: string): string {
  const value: unknown = JSON.parse(json);
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function article(kind: string): string {
  if (kind === 'null') return kind;
  return kind === 'array' ? 'an array' : `a ${kind}`;
}

function envEntries(text: string): readonly JsonEntry[] {
  return [...parseDotenv(text)].map(([key, value]) => ({ key, value: JSON.stringify(value) }));
}

async function yamlAsJson(text: string, label: string): Promise<string> {
  const { yamlToJson, YamlProblem } = await import('./yaml-to-json.js');
  try {
    return yamlToJson(text);
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error;
    throw new UsageError(`${label}: not valid YAML${error.place} (${error.message})`, { cause: error });
  }
}
