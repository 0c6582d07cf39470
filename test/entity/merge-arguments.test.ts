import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExactNumber, type JsonValue } from '../../src/lib/entity/json.js';
import {
  defineArguments,
  mergeArguments,
  mergeParameters,
  toEnvironmentText,
} from '../../src/lib/entity/merge-arguments.js';
import type { Parameter } from '../../src/lib/entity/parameters.js';
import { Rejection } from '../../src/lib/errors/rejection.js';

const key = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor', 'toString');
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constant(null),
  fc.integer(),
  fc.string(),
  fc.constant({ nested: { x: 1 } }),
  fc.constant([1, [2]]),
);
const layer: fc.Arbitrary<Parameter[]> = fc.uniqueArray(
  fc.record({ key, value, init: fc.constant<true>(true) }, { requiredKeys: ['key', 'value'] }),
  { selector: (parameter) => parameter.key },
);
const payload = fc
  .uniqueArray(fc.tuple(key, value), { selector: ([name]) => name })
  .map((pairs) => Object.fromEntries(pairs));

describe('merging of arguments', () => {
  it('equals a Map model, modifies nothing and pollutes nothing', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 3 }), payload, (layers, given) => {
        const before = JSON.stringify([layers, given]);
        const model = new Map<string, Parameter>();
        for (const parameter of layers.flat()) model.set(parameter.key, parameter);
        const inits = new Set(
          [...model.values()].filter(({ init }) => init === true).map((parameter) => parameter.key),
        );
        const merged = new Map([...model.values()].map((parameter) => [parameter.key, parameter.value]));
        for (const [name, supplied] of Object.entries(given)) merged.set(name, supplied);

        const { content, initEnvironment } = mergeArguments(defineArguments(mergeParameters(layers), false), given);

        const plain = [...merged].filter(([name]) => !inits.has(name));
        assert.deepEqual(new Map(Object.entries(content)), new Map(plain));
        const environment = [...merged].filter(([name]) => inits.has(name));
        assert.deepEqual(
          new Map(Object.entries(initEnvironment)),
          new Map(environment.map(([name, supplied]) => [name, toEnvironmentText(supplied)])),
        );
        assert.equal(JSON.stringify([layers, given]), before);
        assert.deepEqual(Object.keys(Object.prototype), []);
      }),
    );
  });

  it('final refuses exactly the payloads that name a key with a value', () => {
    fc.assert(
      fc.property(layer, payload, (parameters, given) => {
        const definition = defineArguments(parameters, true);
        const fixed = parameters.filter((parameter) => parameter.value !== null).map((parameter) => parameter.key);
        if (fixed.some((name) => Object.hasOwn(given, name))) {
          assert.throws(() => mergeArguments(definition, given), Rejection);
        } else {
          mergeArguments(definition, given);
        }
      }),
    );
  });

  it('turns values into the text of an environment variable', () => {
    assert.deepEqual(
      ['x', null, true, 1.5, new ExactNumber('1.0'), [1, new ExactNumber('2.0')], { a: 'b' }].map(toEnvironmentText),
      ['x', '', 'true', '1.5', '1.0', '[1,2.0]', '{"a":"b"}'],
    );
  });
});
