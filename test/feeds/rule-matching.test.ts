import assert from 'node:assert/strict';
import { parseJson, stringifyJson, type JsonObject } from '../../src/lib/entity/json.js';
import type { RuleLink, RuleStatus } from '../../src/lib/entity/whisk-trigger.js';
import { inactiveEntry, outcomeEntry } from '../../src/lib/feeds/fire-log.js';
import { fireArguments, matchRules } from '../../src/lib/feeds/rule-matching.js';

const link = (status: RuleStatus, path = 'ns', name = 'a'): RuleLink => ({ action: { path, name }, status });
const action = { namespace: 'ns', package: '', name: 'a' };

describe('matching of rules', () => {
  it('a fire concerns all rules as soon as one is active, else none', () => {
    assert.deepEqual(matchRules({}), []);
    assert.deepEqual(matchRules({ rules: {} }), []);
    assert.deepEqual(matchRules({ rules: { 'ns/r': link('inactive') } }), []);
    assert.deepEqual(matchRules({ rules: { 'ns/r': link('inactive'), 'ns/s': link('active', 'other/p', 'b') } }), [
      { rule: 'ns/r', action, active: false },
      { rule: 'ns/s', action: { namespace: 'other', package: 'p', name: 'b' }, active: true },
    ]);
  });

  it('merges trigger parameters, headers and payload, the later wins, no key is special', () => {
    const payload = parseJson('{"b":"payload","__proto__":{"polluted":1},"n":1.0}') as JsonObject;
    const parameters = [
      { key: 'a', value: 'trigger' },
      { key: 'b', value: 'trigger' },
      { key: '__ow_headers', value: 'trigger' },
    ];
    const merged = fireArguments({ parameters }, { host: 'h' }, payload);
    assert.equal(
      stringifyJson(merged),
      '{"a":"trigger","b":"payload","__ow_headers":{"host":"h"},"__proto__":{"polluted":1},"n":1.0}',
    );
    assert.equal(Object.getPrototypeOf(merged), Object.prototype);
    assert.equal(fireArguments({ parameters }, {}, { __ow_headers: 1 })['__ow_headers'], 1);
  });
});

describe('the log of a fire', () => {
  const rule = { rule: 'ns/r', action: { ...action, package: 'p' }, active: true };
  const head = { rule: 'ns/r', action: 'ns/p/a' };

  it('says what became of each rule', () => {
    const table: [string, object][] = [
      [outcomeEntry(rule, { activationId: 'x' }), { ...head, statusCode: 0, success: true, activationId: 'x' }],
      [outcomeEntry(rule, { status: 404, error: 'e' }), { ...head, statusCode: 1, success: false, error: 'e' }],
      [outcomeEntry(rule, { status: 429, error: 'e' }), { ...head, statusCode: 1, success: false, error: 'e' }],
      [outcomeEntry(rule, { status: 503, error: 'e' }), { ...head, statusCode: 3, success: false, error: 'e' }],
      [
        inactiveEntry(rule),
        {
          ...head,
          statusCode: 1,
          success: false,
          error: "Rule 'ns/r' is inactive, action 'ns/p/a' was not activated.",
        },
      ],
    ];
    for (const [entry, expected] of table) assert.deepEqual(JSON.parse(entry), expected);
  });
});
