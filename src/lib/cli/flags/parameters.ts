import { string } from '@oclif/core/flags';
import { UsageError } from '../../errors/client-errors.js';
import type { CliEnvironment } from '../environment.js';
import { isJson } from '../json-text.js';
import { describeJsonProblem, findJsonProblem } from '../../entity/json-problem.js';
import { type Pair, pairFlag } from './pair.js';
import { type FileSubject, type JsonEntry, readEntries } from './parameter-file.js';
import { TextInput } from './text-input.js';

const fileFlag = (char: 'P' | 'A' | 'E', summary: string) =>
  string({ char, summary, multiple: true, multipleNonGreedy: true, helpValue: 'FILE', helpGroup: 'PARAMETER' });

/** `-p`, `-P`, `--param-string` and `--param-from` (§5). */
export const parameterFlags = {
  param: pairFlag({ char: 'p', helpGroup: 'PARAMETER', summary: 'parameter; a value that is JSON is sent as such' }),
  'param-file': fileFlag('P', 'JSON or YAML file with parameters; - reads stdin'),
  'param-string': pairFlag({ helpGroup: 'PARAMETER', summary: 'parameter that is text whatever it looks like' }),
  'param-from': pairFlag({
    helpGroup: 'PARAMETER',
    helpValue: 'KEY SOURCE',
    summary: 'parameter from a file, from stdin (-) or from env:NAME',
  }),
};

/** `-a` and `-A`. */
export const annotationFlags = {
  annotation: pairFlag({
    char: 'a',
    helpGroup: 'PARAMETER',
    summary: 'annotation; a value that is JSON is sent as such',
  }),
  'annotation-file': fileFlag('A', 'JSON or YAML file with annotations; - reads stdin'),
};

/** `-e` and `-E`. */
export const environmentFlags = {
  env: pairFlag({ char: 'e', helpGroup: 'PARAMETER', summary: 'environment variable of the action' }),
  'env-file': fileFlag('E', 'JSON, YAML or .env file with environment variables; - reads stdin'),
};

/** Parsed values of the flags above, as far as a command has them. */
export interface ParameterFlagValues {
  readonly param?: Pair[] | undefined;
  readonly 'param-file'?: string[] | undefined;
  readonly 'param-string'?: Pair[] | undefined;
  readonly 'param-from'?: Pair[] | undefined;
  readonly annotation?: Pair[] | undefined;
  readonly 'annotation-file'?: string[] | undefined;
  readonly env?: Pair[] | undefined;
  readonly 'env-file'?: string[] | undefined;
  /** `--auth -` takes stdin as well. */
  readonly auth?: string | undefined;
}

/** Keys and JSON texts in the order of first mention; undefined when no flag was given at all (C-29). */
export type GivenEntries = readonly JsonEntry[] | undefined;

/** Everything that the flags of §5 say. */
export interface GivenParameters {
  readonly parameters: GivenEntries;
  readonly annotations: GivenEntries;
  readonly environment: GivenEntries;
  /** Sentences for notes to the user (C-23). */
  readonly notes: readonly string[];
}

/** Reads parameters, annotations and environment values from flags and files (C-20 to C-29). Throws UsageError. */
export async function readParameters(
  flags: ParameterFlagValues,
  surroundings: CliEnvironment,
): Promise<GivenParameters> {
  const input = new TextInput(surroundings, flags.auth === '-');
  const notes: string[] = [];
  const read = async (subject: FileSubject, files: string[] | undefined, pairs: readonly PairReader[]) => {
    if (files === undefined && pairs.length === 0) return undefined;
    const merged = new Map<string, string>();
    for (const file of files ?? []) {
      for (const { key, value } of await readEntries(file, subject, input)) merged.set(key, value);
    }
    for (const { pair, value } of [...pairs].sort((a, b) => a.pair.position - b.pair.position)) {
      merged.set(pair.key, await value(pair));
    }
    return [...merged].map(([key, value]) => ({ key, value }));
  };
  const plain = (subject: FileSubject) => (pair: Pair) => Promise.resolve(valueText(pair, subject, notes));
  const parameters = await read('parameter', flags['param-file'], [
    ...readers(flags['param-from'], async (pair) => jsonOrText(await input.source(pair.value))),
    ...readers(flags['param-string'], (pair) => Promise.resolve(JSON.stringify(pair.value))),
    ...readers(flags.param, plain('parameter')),
  ]);
  const annotations = await read(
    'annotation',
    flags['annotation-file'],
    readers(flags.annotation, plain('annotation')),
  );
  const environment = await read('environment', flags['env-file'], readers(flags.env, plain('environment')));
  refuseOverlap(parameters, environment);
  return { parameters, annotations, environment, notes };
}

/** The text of `--body FILE`, any JSON value (C-31). Throws UsageError. */
export async function readBody(file: string, flags: ParameterFlagValues, around: CliEnvironment): Promise<string> {
  const text = await new TextInput(around, flags.auth === '-').file(file);
  const problem = isJson(text) ? undefined : findJsonProblem(text);
  if (problem === undefined) return text;
  throw new UsageError(`Invalid body file '${file}': not valid JSON at ${describeJsonProblem(text, problem)}`);
}

/** The pairs of `key=value` words behind the name of an action to invoke, split at the first `=` (C-25). */
export function wordPairs(words: readonly string[], argumentsNeeded: string): Pair[] {
  return words.map((word, index) => {
    const equals = word.indexOf('=');
    if (equals < 1) {
      throw new UsageError(`Invalid argument(s): ${word}. ${argumentsNeeded}`, {
        hint: 'parameters are written key=value or -p key value',
        showUsage: true,
      });
    }
    // Words come after everything that flags say.
    return {
      key: word.slice(0, equals),
      value: word.slice(equals + 1),
      position: Number.MAX_SAFE_INTEGER - words.length + index,
    };
  });
}

/** One object with all entries, for an invocation (C-29). */
export function objectText(entries: GivenEntries): string {
  return `{${(entries ?? []).map(({ key, value }) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

interface PairReader {
  readonly pair: Pair;
  readonly value: (pair: Pair) => Promise<string>;
}

function readers(pairs: Pair[] | undefined, value: (pair: Pair) => Promise<string>): PairReader[] {
  return (pairs ?? []).map((pair) => ({ pair, value }));
}

/** A value that is JSON as a whole is that JSON, everything else is text, byte for byte (C-21, C-22). */
function jsonOrText(value: string): string {
  return isJson(value) ? value.trim() : JSON.stringify(value);
}

/** C-21 for a value of the command line, which is suspicious when it looks like broken JSON (C-23). */
function valueText({ key, value }: Pair, subject: FileSubject, notes: string[]): string {
  const trimmed = value.trim();
  const looksLikeJson = trimmed.startsWith('{') || trimmed.startsWith('[');
  if (!looksLikeJson || isJson(value)) return jsonOrText(value);
  if (value.includes('"')) throw brokenJson(key, value, subject);
  if (trimmed.endsWith('}') || trimmed.endsWith(']')) {
    notes.push(`'${key}' looks like JSON that lost its quotes (${value}); it is sent as text`);
  }
  return JSON.stringify(value);
}

function brokenJson(key: string, value: string, subject: FileSubject): UsageError {
  const problem = findJsonProblem(value);
  const where = problem === undefined ? '' : ` at ${describeJsonProblem(value, problem)}`;
  return new UsageError(`Invalid ${subject} argument '${key}': not valid JSON${where}`, {
    hint:
      subject === 'parameter'
        ? `use --param-string ${key} '…' to send it as text`
        : 'write it as a JSON string, "…", to send it as text',
  });
}

function refuseOverlap(parameters: GivenEntries, environment: GivenEntries): void {
  const names = new Set((parameters ?? []).map(({ key }) => key));
  const both = (environment ?? []).filter(({ key }) => names.has(key)).map(({ key }) => `'${key}'`);
  if (both.length === 0) return;
  throw new UsageError(
    `Invalid argument(s). Environment variables and function parameters may not overlap: ${both.join(', ')}`,
  );
}
