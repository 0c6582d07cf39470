import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatJson, jsonMember, jsonMembers } from '../../src/lib/cli/json-text.js';

describe('JSON text', () => {
  it('keeps digits, order and duplicate members, and drops needless escapes', () => {
    const text = '{"b":12345678901234567890,"a":1e400,"b":-0.10,"s":"\\u003cb\\u003e \\u00e9\\n","e":{},"l":[ ]}';
    assert.equal(
      formatJson(text, 4),
      '{\n    "b": 12345678901234567890,\n    "a": 1e400,\n    "b": -0.10,\n    "s": "<b> é\\n",\n    "e": {},\n    "l": []\n}',
    );
    assert.equal(formatJson(' [1, {"a" : [2,3]}]\n', 0), '[1,{"a":[2,3]}]');
    assert.equal(formatJson('[[],[{}]]', 2), '[\n  [],\n  [\n    {}\n  ]\n]');
  });

  it('gives text back that is no JSON', () => {
    for (const text of ['', '{', 'nope', '{"a":1,}', '{"a":1}x']) assert.equal(formatJson(text, 2), text);
  });

  it('formats every document as JSON.stringify does, and means the same', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2, 4), (text, width) => {
        const value: unknown = JSON.parse(text);
        assert.deepEqual(JSON.parse(formatJson(text, width)), value);
        const canonical = JSON.stringify(value);
        if (canonical === text) assert.equal(formatJson(text, width), JSON.stringify(value, null, width));
        assert.equal(formatJson(formatJson(text, 4), width), formatJson(text, width));
      }),
    );
  });

  it('cuts out members as text', () => {
    const text = '{"exec":{"kind":"nodejs:20","n":1.00},"Limits":[1,{"x":"a\\"}"}],"limits":2,"__proto__":3}';
    assert.equal(jsonMember(text, ['exec', 'n']), '1.00');
    assert.equal(jsonMember(text, ['Limits', '1', 'x']), '"a\\"}"');
    assert.equal(jsonMember(text, ['LIMITS'], { ignoreCase: true }), '2');
    assert.equal(jsonMember(text, ['LIMITS']), undefined);
    assert.equal(jsonMember(text, ['exec', 'kind', 'x']), undefined);
    assert.equal(jsonMember(text, ['constructor']), undefined);
    assert.equal(jsonMember(text, ['__proto__']), '3');
    assert.equal(jsonMember(text, []), text);
  });

  it('finds every member of every object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        const text = JSON.stringify(object, null, 1);
        const parsed = JSON.parse(text) as Record<string, unknown>;
        for (const { name, value } of jsonMembers(text)) assert.deepEqual(JSON.parse(value), parsed[name]);
        assert.equal(jsonMembers(text).length, Object.keys(parsed).length);
      }),
    );
  });
});
