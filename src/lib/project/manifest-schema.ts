import type { JsonObject, JsonValue } from '../entity/json.js';
import { type KeyRule, type KeyTable, manifestTables } from './manifest-keys.js';

type TableName = keyof typeof manifestTables;

/** A schema for what stands under a key, where it is more than its shape. */
type Below = Readonly<Partial<Record<TableName, Readonly<Record<string, JsonObject>>>>>;

const reference = (name: string): JsonObject => ({ $ref: `#/definitions/${name}` });
const optional = (type: string): JsonValue => [type, 'null'];
const each = (schema: JsonObject): JsonObject => ({ type: optional('object'), additionalProperties: schema });
/** An entity may also have nothing under its name. */
const eachOf = (name: TableName): JsonObject => each({ anyOf: [reference(name), { type: 'null' }] });
const texts: JsonObject = { type: 'array', items: { type: 'string' } };

const below: Below = {
  top: { packages: eachOf('package'), project: reference('project') },
  project: { packages: eachOf('package'), inputs: reference('inputs') },
  package: {
    inputs: reference('inputs'),
    dependencies: eachOf('dependency'),
    actions: eachOf('action'),
    sequences: eachOf('sequence'),
    triggers: eachOf('trigger'),
    rules: eachOf('rule'),
    apis: each(each(each(eachOf('route')))),
  },
  action: {
    inputs: reference('inputs'),
    limits: reference('limits'),
    env: each({ type: 'string' }),
    include: { type: 'array', items: { ...texts, maxItems: 2 } },
    exclude: texts,
  },
  sequence: { actions: { type: 'string' } },
  trigger: { inputs: reference('inputs') },
  dependency: { inputs: reference('inputs') },
};

const shapes: Readonly<Record<KeyRule['shape'], JsonObject>> = {
  text: { type: optional('string') },
  version: { type: ['string', 'number', 'null'] },
  // A boolean may also be the text of a variable.
  boolean: { type: ['boolean', 'string', 'null'] },
  map: { type: optional('object') },
  list: { type: optional('array') },
  any: {},
};

/** The long form of an input, or any value as it is (§1.1.3). */
const inputs: JsonObject = {
  type: optional('object'),
  additionalProperties: { anyOf: [reference('input'), {}] },
};

const input: JsonObject = {
  type: 'object',
  additionalProperties: false,
  properties: {
    type: { enum: ['string', 'integer', 'float', 'boolean', 'json'] },
    description: { type: 'string' },
    value: {},
    default: {},
    required: { type: 'boolean', default: false },
    status: { type: 'string' },
    schema: {},
  },
};

/** The JSON Schema (draft-07) of manifests, made of the tables that the reader uses, for editors (§1.8). Pure. */
export function manifestSchema(): JsonObject {
  const names = (Object.keys(manifestTables) as TableName[]).filter((name) => name !== 'top');
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'OpenWhisk deployment manifest (manifest.yaml, deployment.yaml)',
    ...tableSchema('top'),
    anyOf: [{ required: ['packages'] }, { required: ['project'] }],
    definitions: { ...Object.fromEntries(names.map((name) => [name, tableSchema(name)])), inputs, input },
  };
}

function tableSchema(name: TableName): JsonObject {
  const { keys }: KeyTable = manifestTables[name];
  const properties = Object.entries(keys).map(([key, rule]): [string, JsonObject] => {
    const schema = below[name]?.[key] ?? shapes[rule.shape];
    if (rule.deprecatedFor === undefined)
      return [key, rule.ignored === true ? { ...schema, description: 'no effect' } : schema];
    return [key, { ...schema, deprecated: true, description: `old name of ${rule.deprecatedFor}` }];
  });
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(properties) };
}
