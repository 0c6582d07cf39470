import { type JsonValue, numberOf, parseJson, stringifyJson } from '../entity/json.js';
import { MalformedContent } from '../errors/rejection.js';
import type { ValueOrigin, Values } from './desired-state.js';
import type { Reading } from './reading.js';
import { isEmpty, type MapNode, type SourceNode } from './source-tree.js';
import { readValue } from './values.js';
import type { Scope, Variable } from './variables.js';

const longKeys: ReadonlySet<string> = new Set([
  'type',
  'description',
  'value',
  'default',
  'required',
  'status',
  'schema',
]);

/** The types of inputs, and the value that each has when nothing is written. */
const emptyValues: ReadonlyMap<string, JsonValue> = new Map<string, JsonValue>([
  ['string', ''],
  ['integer', 0],
  ['float', 0],
  ['boolean', false],
  ['json', {}],
]);

const wordsForTypes: Readonly<Record<string, string>> = {
  int: 'integer',
  number: 'float',
  bool: 'boolean',
  object: 'json',
  array: 'json',
};

/** One input as it is written: in the manifest, in deployment files, or in both. */
export interface WrittenInput {
  readonly name: string;
  readonly manifest?: SourceNode | undefined;
  readonly deployment?: SourceNode | undefined;
}

/** An input with its value. */
export interface ResolvedInput {
  readonly value: JsonValue;
  readonly origin: ValueOrigin;
}

/** What one writing of an input says (§1.1.3). */
interface InputForm {
  /** The value or the default, where one is written. */
  readonly written: SourceNode | undefined;
  readonly type: string | undefined;
  readonly required: boolean;
}

/** The inputs of one entity, the manifest's and those that deployment files add or replace (§1.1.8). */
export function writtenInputs(
  manifest: MapNode | undefined,
  deployment: ReadonlyMap<string, SourceNode> | undefined,
): readonly WrittenInput[] {
  const names = new Set([...(manifest?.entries.map(({ key }) => key) ?? []), ...(deployment?.keys() ?? [])]);
  const byName = new Map(manifest?.entries.map(({ key, value }) => [key, value]));
  return [...names].map((name) => ({ name, manifest: byName.get(name), deployment: deployment?.get(name) }));
}

/** The values of inputs by name, and where each came from under `path` in `reading.origins`. */
export function inputValues(reading: Reading, inputs: readonly WrittenInput[], scope: Scope, path: string): Values {
  return Object.fromEntries(
    inputs.map((input) => {
      const { value, origin } = resolveInput(reading, input, scope);
      reading.origins.set(`${path}/${input.name}`, origin);
      return [input.name, value];
    }),
  );
}

/** The value of one input: from `--param`, else deployment file, else manifest, else the empty value of its type (§1.1.3). */
function resolveInput(reading: Reading, input: WrittenInput, scope: Scope): ResolvedInput {
  const manifest = input.manifest === undefined ? undefined : formOf(reading, input.manifest);
  const deployment = input.deployment === undefined ? undefined : formOf(reading, input.deployment);
  const type = manifest?.type ?? deployment?.type;
  const at = input.deployment ?? input.manifest;
  const given = reading.given.get(input.name);
  if (given !== undefined && at !== undefined) {
    return { value: typed(reading, at, type, given), origin: { from: 'parameter', variables: [] } };
  }
  const [node, from] =
    deployment?.written === undefined
      ? ([manifest?.written, 'manifest'] as const)
      : ([deployment.written, 'deployment'] as const);
  const place = node ?? at;
  const origin = { from, ...(place === undefined ? {} : { place: inputPlace(place) }) };
  if (node === undefined) {
    const missing = manifest?.required === true || deployment?.required === true;
    if (missing && at !== undefined) {
      reading.diagnostics.error('missing-input', at, `the input '${input.name}' needs a value`, {
        hint: `give it with --param ${input.name} VALUE or in a deployment file`,
      });
    }
    return { value: emptyValues.get(type ?? 'string') ?? '', origin: { ...origin, variables: [] } };
  }
  const used = new Set<string>();
  const value = typed(reading, node, type, readValue(reading, node, scope, used));
  return { value, origin: { ...origin, variables: [...used] } };
}

/** `manifest.yaml:12`, for the origin of a value. */
export function inputPlace({ file, start }: SourceNode): string {
  return `${file.name}:${String(file.placeOf(start).line)}`;
}

/** A map of nothing but the words of the long form is long, the empty map too; everything else is the value itself. */
function formOf(reading: Reading, node: SourceNode): InputForm {
  if (node.type === 'map' && node.entries.every(({ key }) => longKeys.has(key))) return longForm(reading, node);
  const isWord = node.type === 'scalar' && typeof node.value === 'string' && emptyValues.has(node.value);
  if (isWord) return { written: undefined, type: node.text, required: false };
  return { written: isEmpty(node) ? undefined : node, type: undefined, required: false };
}

function longForm(reading: Reading, map: MapNode): InputForm {
  const member = (name: string): SourceNode | undefined => {
    const value = map.entries.find(({ key }) => key === name)?.value;
    return value === undefined || isEmpty(value) ? undefined : value;
  };
  const required = member('required');
  if (required !== undefined && !(required.type === 'scalar' && typeof required.value === 'boolean')) {
    reading.diagnostics.error('wrong-type', required, "'required' is true or false");
  }
  return {
    written: member('value') ?? member('default'),
    type: typeName(reading, member('type')),
    required: required?.type === 'scalar' && required.value === true,
  };
}

function typeName(reading: Reading, node: SourceNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  const word = node.type === 'scalar' ? node.text : '';
  if (emptyValues.has(word)) return word;
  const suggestion = Object.hasOwn(wordsForTypes, word)
    ? wordsForTypes[word]
    : reading.nearest(word, emptyValues.keys());
  reading.diagnostics.error('bad-value', node, `'${word}' is no type of an input`, {
    suggestion,
    hint: suggestion === undefined ? `the types are ${[...emptyValues.keys()].join(', ')}` : undefined,
  });
  return undefined;
}

/** A text as a value of the declared type; what is no such text is reported. Values that are no text stay what they are. */
function typed(reading: Reading, at: SourceNode, type: string | undefined, value: JsonValue): JsonValue {
  if (typeof value !== 'string' || type === undefined || type === 'string') return value;
  const converted = convert(type, value.trim());
  if (converted !== undefined) return converted;
  // A variable that is not set has been reported already.
  if (value !== '' || !(at.type === 'scalar' && at.text.includes('$'))) {
    reading.diagnostics.error('wrong-type', at, `expected ${typeText(type)}, found '${value}'`);
  }
  return emptyValues.get(type) ?? '';
}

function convert(type: string, text: string): JsonValue | undefined {
  if (type === 'boolean') return /^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
  const value = jsonOf(text);
  if (type === 'json') return value;
  const number = numberOf(value);
  if (number === undefined || !Number.isFinite(number)) return undefined;
  return type === 'float' || /^-?\d+$/.test(text) ? value : undefined;
}

function jsonOf(text: string): JsonValue | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof MalformedContent) return undefined;
    throw error;
  }
}

function typeText(type: string): string {
  if (type === 'json') return 'a JSON text';
  return type === 'integer' ? 'an integer' : type === 'float' ? 'a number' : 'true or false';
}

/** Inputs as variables of what is below them: those of a package, and around them those of the project (D-7). */
export class InputScope implements Scope {
  private readonly byName: ReadonlyMap<string, WrittenInput>;
  private readonly open = new Set<string>();
  private readonly known = new Map<string, ResolvedInput>();

  constructor(
    private readonly reading: Reading,
    inputs: readonly WrittenInput[],
    private readonly around: Scope,
    private readonly source: string,
  ) {
    this.byName = new Map(inputs.map((input) => [input.name, input]));
  }

  find(name: string): Variable | undefined {
    const outside = this.reading.outside.find(name);
    if (outside !== undefined) return outside;
    const value = this.resolve(name)?.value;
    return value === undefined ? this.around.find(name) : { value: textOf(value), source: this.source };
  }

  names(): readonly string[] {
    return [...this.byName.keys(), ...this.around.names()];
  }

  /** The value of one of these inputs. An empty one takes the variable of its own name, where one is set (§1.1.3). */
  resolve(name: string): ResolvedInput | undefined {
    const input = this.byName.get(name);
    // An input that is made of itself means the variable of that name outside.
    if (input === undefined || this.open.has(name)) return undefined;
    let resolved = this.known.get(name);
    if (resolved === undefined) {
      this.open.add(name);
      resolved = this.filled(name, resolveInput(this.reading, input, this));
      this.open.delete(name);
      this.known.set(name, resolved);
    }
    return resolved;
  }

  private filled(name: string, resolved: ResolvedInput): ResolvedInput {
    const variable = resolved.value === '' ? this.find(name) : undefined;
    if (variable === undefined) return resolved;
    return { value: variable.value, origin: { ...resolved.origin, variables: [name] } };
  }
}

/** A value as the text that a variable stands for. */
export function textOf(value: JsonValue): string {
  if (typeof value === 'string') return value;
  return value === null ? '' : stringifyJson(value);
}
