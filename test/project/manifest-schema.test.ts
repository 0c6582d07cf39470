import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { manifestSchema } from '../../src/lib/project/manifest-schema.js';

const folder = new URL('../fixtures/projects/orders-manifest/', import.meta.url);

describe('the JSON Schema of manifests', () => {
  const validate = new Ajv({ strict: false }).compile(manifestSchema());

  for (const file of ['manifest.yaml', 'deployment.yaml']) {
    it(`§1.8: takes the sample's ${file}`, async () => {
      const document: unknown = parse(await readFile(new URL(file, folder), 'utf8'));
      assert.ok(validate(document), JSON.stringify(validate.errors));
    });
  }

  const cases: readonly (readonly [text: string, good: boolean])[] = [
    ['packages: {p: }', true],
    ['project: {name: x}', true],
    ['packages: {p: {actions: {a: {function: a.js, web: raw, inputs: {n: {type: integer}, m: [1]}}}}}', true],
    ['packages: {p: {apis: {n: {b: {p: {a: {method: GET}}}}}}}', true],
    ['{}', false],
    ['packages: []', false],
    ['packages: {p: {actions: {a: {runtimee: nodejs:20}}}}', false],
    ['packages: {p: {actions: {a: {include: [[a, b, c]]}}}}', false],
    ['packages: {p: {actions: {a: {limits: {memory: 1}}}}}', false],
    ['packages: {p: {apis: {n: {b: {p: {a: {verb: GET}}}}}}}', false],
  ];

  for (const [text, good] of cases) {
    it(`§1.8: ${good ? 'takes' : 'refuses'} ${text}`, () => {
      assert.equal(validate(parse(text)), good);
    });
  }
});
