import assert from 'node:assert/strict';
import type { ActivationFacts } from '../../src/lib/invoker/activation-builder.js';
import { buildActivation, closeOpenActivation, openActivation } from '../../src/lib/invoker/activation-builder.js';
import { InvokerUnderTest } from './invoker-under-test.js';

const message = new InvokerUnderTest().message({ name: 'hello', action: { namespace: 'guest/utils' } });

function facts(change: Partial<ActivationFacts> = {}): ActivationFacts {
  return {
    message,
    outcome: { statusCode: 0, result: '{"n": 1.0}', size: 10, timedOut: false },
    start: 1_700_000_000_000,
    duration: 42,
    waitTime: 13,
    initTime: 25,
    logs: ['t stdout: "x"'],
    ...change,
  };
}

function annotations(record: string): Record<string, unknown> {
  const { annotations: list } = JSON.parse(record) as { annotations: { key: string; value: unknown }[] };
  return Object.fromEntries(list.map(({ key, value }) => [key, value]));
}

describe('activation builder', () => {
  it('builds the record of openwhisk-api.md §10.1 with the result spliced in as text', () => {
    const { entry, finished } = buildActivation(facts());
    assert.ok(entry.record.includes('"result":{"n": 1.0}'));
    assert.equal(finished.record, entry.record);
    assert.deepEqual(JSON.parse(entry.record), {
      namespace: 'guest',
      name: 'hello',
      version: '0.0.1',
      subject: 'guest',
      activationId: message.activationId,
      start: 1_700_000_000_000,
      end: 1_700_000_000_042,
      duration: 42,
      publish: false,
      annotations: [
        { key: 'path', value: 'guest/utils/hello' },
        { key: 'kind', value: 'nodejs:20' },
        { key: 'limits', value: { timeout: 60000, memory: 256, logs: 10, concurrency: 1 } },
        { key: 'timeout', value: false },
        { key: 'waitTime', value: 13 },
        { key: 'initTime', value: 25 },
      ],
      logs: ['t stdout: "x"'],
      response: { status: 'success', success: true, size: 10, result: { n: 1 } },
    });
  });

  it('leaves out initTime on a warm start, size without an answer, and names cause, sequence and binding', () => {
    const caused = { ...message, cause: 'c'.repeat(32), causedBySequence: true };
    const bound = { ...caused, executable: { ...message.executable, binding: 'guest/mine' } };
    const warm: ActivationFacts = {
      message: bound,
      outcome: facts().outcome,
      start: 1,
      duration: 2,
      waitTime: 3,
      logs: [],
    };
    const { entry } = buildActivation({ ...warm, outcome: { statusCode: 2, result: '{"error":"x"}', timedOut: true } });
    const shown = annotations(entry.record);
    assert.equal('initTime' in shown, false);
    assert.equal(shown.timeout, true);
    assert.equal(shown.causedBy, 'sequence');
    assert.equal(shown.binding, 'guest/mine');
    const record = JSON.parse(entry.record) as { cause: string; response: object };
    assert.equal(record.cause, caused.cause);
    const response = { status: 'action developer error', success: false, result: { error: 'x' } };
    assert.deepEqual(record.response, response);
    assert.equal(entry.package, 'mine');
  });

  it('builds the summary of §10.4', () => {
    const { entry } = buildActivation(facts());
    const summary = JSON.parse(entry.summary) as Record<string, unknown>;
    const keys = ['namespace', 'name', 'version', 'publish', 'annotations', 'activationId', 'start', 'end', 'duration'];
    assert.deepEqual(Object.keys(summary).sort(), [...keys, 'statusCode'].sort());
    assert.equal(summary.statusCode, 0);
    assert.equal(entry.package, 'utils');
    assert.equal(entry.name, 'hello');
  });

  it('closes an activation that a dead platform left open (RS-104)', () => {
    const open = openActivation(message);
    assert.equal(open.start, message.received);
    const entry = closeOpenActivation(open, 'running', open.start + 5000);
    const record = JSON.parse(entry.record) as Record<string, unknown>;
    assert.deepEqual([record.activationId, record.start], [message.activationId, message.received]);
    assert.deepEqual([record.namespace, record.subject], [message.identity.namespace, message.identity.subject]);
    assert.equal(record.end, open.start + 5000);
    assert.equal(record.duration, 5000);
    assert.deepEqual(record.response, {
      status: 'whisk internal error',
      success: false,
      result: { error: 'The platform stopped while this activation was running.' },
    });
    assert.equal(annotations(entry.record).path, 'guest/utils/hello');
    assert.equal((JSON.parse(entry.summary) as { statusCode: number }).statusCode, 3);
    const queued = closeOpenActivation(open, 'queued', 0);
    assert.ok(queued.record.includes('The platform stopped before this activation was started.'));
    assert.equal((JSON.parse(queued.record) as { end: number }).end, open.start);
  });

  it('closes those of several subjects and causes as what they were (RS-104)', () => {
    const close = (given: Partial<Parameters<typeof openActivation>[0]>): Record<string, unknown> =>
      JSON.parse(closeOpenActivation(openActivation({ ...message, ...given }), 'running', 0).record) as never;
    const other = { ...message.identity, namespace: 'other', subject: 'somebody' };
    for (const identity of [message.identity, other, message.identity]) {
      const { namespace, subject, cause } = close({ identity });
      assert.deepEqual([namespace, subject, cause], [identity.namespace, identity.subject, undefined]);
    }
    assert.equal(close({ cause: 'f'.repeat(32) }).cause, 'f'.repeat(32));
  });
});
