import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ExactNumber, isJsonObject, numberOf, parseJson, stringifyJson } from '../../src/lib/entity/json.js';
import { MalformedContent } from '../../src/lib/errors/rejection.js';

const exotic = fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'a"b', '\u0000exact:1');
const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((list) => list.join(''));

/** Numbers as text in every form that JSON allows. */
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      fc.tuple(fc.integer({ min: 1, max: 9 }), digits(0, 40)).map(([d, rest]) => `${String(d)}${rest}`),
    ),
    fc.oneof(
      fc.constant(''),
      digits(1, 30).map((text) => `.${text}`),
    ),
    fc.oneof(
      fc.constant(''),
      fc.tuple(fc.constantFrom('e', 'E', 'e+', 'E-'), digits(1, 3)).map((pair) => pair.join('')),
    ),
  )
  .map((parts) => parts.join(''));

/** Compact JSON texts with unique keys that are no array indexes: what a round trip must give back letter for letter. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    numberText,
    fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
    exotic.map((text) => JSON.stringify(text)),
    fc.constantFrom('true', 'false', 'null'),
    fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc
      .uniqueArray(
        fc.tuple(
          fc.oneof(
            exotic,
            fc.string().filter((key) => !/^\d+$/.test(key)),
          ),
          tie('json'),
        ),
        {
          selector: ([key]) => key,
          maxLength: 4,
        },
      )
      .map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`),
  ),
}));

describe('parseJson and stringifyJson', () => {
  it('give back every text letter for letter: digits, order, __proto__', () => {
    fc.assert(
      fc.property(json, (text) => {
        assert.equal(stringifyJson(parseJson(text)), text);
      }),
      { numRuns: 1000 },
    );
  });

  it('agree with JSON.parse on texts without long numbers, blanks included', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const value = JSON.parse(text) as unknown;
        const spaced = JSON.stringify([value, 1.5], null, indent);
        assert.equal(stringifyJson(parseJson(spaced)), JSON.stringify([value, 1.5]));
      }),
    );
  });

  it('keep numbers that a double would change', () => {
    for (const text of [
      '1.0',
      '-0',
      '1e2',
      '1E400',
      '12345678901234567890',
      '0.1234567890123456789',
      '-0.0',
      '9007199254740993',
    ]) {
      assert.ok(parseJson(text) instanceof ExactNumber, text);
      assert.equal(stringifyJson(parseJson(` {"a": [${text} ]}`)), `{"a":[${text}]}`);
    }
  });

  it('leave ordinary numbers as they are', () => {
    for (const text of ['0', '-1', '1.5', '1700000000000', '0.1', '123456789012345']) {
      assert.equal(parseJson(text), Number(text));
    }
    assert.deepEqual(parseJson('[0.12345678901234566,1.0]'), [0.12345678901234566, new ExactNumber('1.0')]);
  });

  it('do not take a string for a number, whatever it contains', () => {
    const value = ['\u0000exact:123', 'x', { '\u0000exact:5': '"\\u0000exact:7"' }];
    assert.equal(stringifyJson(value), JSON.stringify(value));
    assert.equal(
      stringifyJson([...value, new ExactNumber('1.0')]),
      JSON.stringify([...value, 7]).replace(/7\]$/, '1.0]'),
    );
  });

  it('keep __proto__ as a member and change no prototype', () => {
    const parsed = parseJson('{"__proto__":{"polluted":1.0}}');
    assert.ok(isJsonObject(parsed) && Object.hasOwn(parsed, '__proto__'));
    assert.equal('polluted' in {}, false);
    assert.equal(Object.getPrototypeOf(parsed), Object.prototype);
  });

  it('the last of repeated members wins, as for JSON.parse', () => {
    assert.equal(stringifyJson(parseJson('{"a":1,"b":2.0,"a":3}')), '{"a":3,"b":2.0}');
  });

  it('refuse bad syntax, deep nesting and long numbers', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    parseJson(nested(200));
    parseJson(`[${'1'.repeat(100)}]`);
    for (const text of [
      '',
      '{',
      '{"a":01}',
      '[1,]',
      'NaN',
      "'a'",
      nested(201),
      nested(300_000),
      `[${'1'.repeat(101)}]`,
    ]) {
      assert.throws(() => parseJson(text), MalformedContent, text.slice(0, 20));
    }
    assert.throws(() => parseJson('9'.repeat(101)), /Number too long/);
  });

  it('an exact number is no object, and has a nearest double', () => {
    assert.equal(isJsonObject(new ExactNumber('1.0')), false);
    assert.deepEqual(
      [numberOf(new ExactNumber('100.0')), numberOf(7), numberOf('7'), numberOf(undefined)],
      [100, 7, undefined, undefined],
    );
  });

  it('RS-208 stay linear on texts made to be slow', () => {
    for (const part of ['1', '1.', '-', ':', ' 0', '\\"', '1e', '0.0']) {
      const text = JSON.stringify(part.repeat(500_000));
      assert.equal(stringifyJson(parseJson(text)), text);
    }
    assert.throws(() => parseJson(`[${'1.0'.repeat(300_000)}`), MalformedContent);
  });

  it('C-24: keeps the digits of numbers beside long strings, whatever stands in these', () => {
    const long = JSON.stringify(`1.0 "quoted\\" 1e400 ${'x'.repeat(70_000)}\\`);
    const text = `{"before":1.0,"code":${long},"after":[12345678901234567890,-0]}`;
    assert.equal(stringifyJson(parseJson(text)), text);
    const plain = `{"code":${long},"n":1}`;
    assert.deepEqual(parseJson(plain), JSON.parse(plain));
  });
});
