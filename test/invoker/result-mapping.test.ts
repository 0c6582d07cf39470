import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ContainerCreationError } from '../../src/lib/containers/container-factory.js';
import type { RuntimeOutcome } from '../../src/lib/containers/container.js';
import { memberText } from '../../src/lib/invoker/member-text.js';
import { creationFailure, initFailure, runOutcome } from '../../src/lib/invoker/result-mapping.js';
import { answer } from '../helpers/fake-containers.js';

const soon = { elapsed: 5, limit: 100 };
const late = { elapsed: 100, limit: 100 };
const lost: RuntimeOutcome = { type: 'lost', outOfMemory: false };
const killed: RuntimeOutcome = { type: 'lost', outOfMemory: true };
const invalid = 'The action did not produce a valid JSON or JSON Array response';
const cut: RuntimeOutcome = { type: 'answer', status: 200, body: '{"a":"b', cutFrom: 1_048_577 };
const cutText =
  'The action produced a response that exceeded the allowed length: 1048577 > 1048576 bytes. ' +
  'The truncated response was: {"a":"b';
const memory = 'The action exhausted its memory and was aborted.';

type Row = readonly [title: string, outcome: RuntimeOutcome, time: typeof soon, status: number, result: unknown];

const runs: readonly Row[] = [
  [
    'time used up, whatever the answer',
    answer('{}'),
    late,
    2,
    error('The action exceeded its time limits of 100 milliseconds.'),
  ],
  ['time limit', { type: 'timeout' }, soon, 2, error('The action exceeded its time limits of 100 milliseconds.')],
  ['answer too large', cut, soon, 1, error(cutText)],
  ['object', answer('{"a":1}'), soon, 0, { a: 1 }],
  ['object with a line feed', answer('{"a":1}\n'), soon, 0, { a: 1 }],
  ['object with error', answer('{"error":{"code":1},"b":2}'), soon, 1, { error: { code: 1 } }],
  ['object with error null', answer('{"error":null}'), soon, 1, { error: null }],
  ['object with error false', answer('{"a":1,"error":false}'), soon, 1, { error: false }],
  ['object with an empty error', answer('{"error":"","a":1}'), soon, 1, { error: '' }],
  ['object with a nested error', answer('{"a":{"error":1}}'), soon, 0, { a: { error: 1 } }],
  ['array', answer('[{"error":1}]'), soon, 0, [{ error: 1 }]],
  ['non-200 with error', answer('{"error":"x","y":1}', 502), soon, 2, { error: 'x' }],
  ['non-200 without error', answer('{"y":1}', 502), soon, 2, error(`${invalid}: {"y":1}`)],
  ['non-200 array', answer('[1]', 502), soon, 2, error(`${invalid}: [1]`)],
  ['string', answer('"text"'), soon, 2, error(`${invalid}: "text"`)],
  ['null', answer('null'), soon, 2, error(`${invalid}: null`)],
  ['not JSON, quoted as received', answer('oops\n'), soon, 2, error(`${invalid}: oops\n`)],
  ['empty', answer(''), soon, 2, error(`${invalid}.`)],
  ['empty with 502', answer('', 502), soon, 2, error(`${invalid}.`)],
  ['out of memory', killed, soon, 2, error(memory)],
  ['connection lost', lost, soon, 2, error('The action did not produce a valid response and exited unexpectedly.')],
];

const initFailed = 'The action failed during initialization';
const initLimit = 'The action exceeded its time limits of 100 milliseconds during initialization.';

const inits: readonly Row[] = [
  ['time used up', answer('{"error":"x"}', 502), late, 2, error(initLimit)],
  ['time limit', { type: 'timeout' }, soon, 2, error(initLimit)],
  ['non-200 with error', answer('{"error":"no","b":1}', 502), soon, 2, { error: 'no' }],
  ['other body', answer('broken', 502), soon, 2, error(`${initFailed}: broken`)],
  ['object without error', answer('{"a":1}', 403), soon, 2, error(`${initFailed}: {"a":1}`)],
  ['empty body', answer('', 502), soon, 2, error(`${initFailed}.`)],
  ['answer too large', { ...cut, status: 502 }, soon, 2, error(cutText)],
  ['out of memory', killed, soon, 2, error(memory)],
  ['connection lost', lost, soon, 2, error('The action did not initialize and exited unexpectedly.')],
  ['never reached', { type: 'unreachable' }, soon, 2, error('The action did not initialize and exited unexpectedly.')],
];

function error(text: string): object {
  return { error: text };
}

describe('result mapping', () => {
  for (const [title, outcome, time, statusCode, result] of runs) {
    it(`AI-300 run: ${title}`, () => {
      const mapped = runOutcome(outcome, time);
      assert.equal(mapped.statusCode, statusCode);
      assert.deepEqual(JSON.parse(mapped.result), result);
      assert.equal(mapped.timedOut, title.startsWith('time'));
    });
  }

  for (const [title, outcome, time, statusCode, result] of inits) {
    it(`AI-300 init: ${title}`, () => {
      const mapped = initFailure(outcome, time);
      assert.equal(mapped.statusCode, statusCode);
      assert.deepEqual(JSON.parse(mapped.result), result);
      assert.equal(mapped.timedOut, title.startsWith('time'));
    });
  }

  it('AI-300 without a container: developer faults keep their text, platform faults say what to do', () => {
    const pull = creationFailure(new ContainerCreationError('developer', "Failed to pull container image 'x'."));
    assert.deepEqual(pull, {
      statusCode: 2,
      result: `{"error":"Failed to pull container image 'x'."}`,
      timedOut: false,
    });
    const noPython = creationFailure(new ContainerCreationError('platform', 'python3 was not found; install it'));
    assert.equal(noPython.statusCode, 3);
    const text = 'Failed to provision resources to run the action.';
    assert.equal(noPython.result, `{"error":"${text} python3 was not found; install it"}`);
    assert.equal(creationFailure(new Error('secret detail')).result, `{"error":"${text}"}`);
  });

  it('passes a result on without re-encoding it', () => {
    const body = '{ "big": 12345678901234567890, "one": 1.0 }';
    assert.equal(runOutcome(answer(`${body}\n`), soon).result, body);
    assert.equal(runOutcome(answer(`${body}\n`), soon).size, Buffer.byteLength(body) + 1);
    assert.equal(runOutcome(answer('{"a":1,"error":1.0}'), soon).result, '{"error":1.0}');
  });

  it('AI-313 sizes are bytes, not characters', () => {
    assert.equal(runOutcome(answer('{"a":"ä€"}'), soon).size, 13);
    assert.equal(runOutcome(cut, soon).size, 1_048_577);
    assert.equal(runOutcome(lost, soon).size, undefined);
  });

  it('accepts deep nesting and long numbers, which the reference does not', () => {
    const deep = `{"error":${'['.repeat(100_000)}${']'.repeat(100_000)},"n":${'1'.repeat(200)}}`;
    const mapped = runOutcome(answer(deep), soon);
    assert.equal(mapped.statusCode, 1);
    assert.equal(mapped.result.length, '{"error":}'.length + 200_000);
  });
});

describe('memberText', () => {
  it('finds the member that JSON.parse finds, whatever surrounds it', () => {
    const members = fc.array(fc.tuple(fc.oneof(fc.constant('error'), fc.string()), fc.jsonValue()));
    fc.assert(
      fc.property(members, fc.constantFrom(0, 1, 4), (pairs, indent) => {
        const object = Object.fromEntries(pairs.filter(([key]) => key !== '__proto__'));
        const text = JSON.stringify(object, null, indent);
        const found = memberText(text, 'error');
        const expected: unknown = JSON.parse(text);
        const value = (expected as { error?: unknown }).error;
        assert.deepEqual(found === undefined ? undefined : JSON.parse(found), value);
      }),
    );
  });

  it('takes the last of several, and escaped names', () => {
    assert.equal(memberText('{"error":1,"a":"\\"}{\\\\","\\u0065rror": [ 2 ] }', 'error'), '[ 2 ]');
    assert.equal(memberText(' {}', 'error'), undefined);
  });
});
