import assert from 'node:assert/strict';
import { PooledRandom } from '../../src/lib/entity/random.js';
import type { WhiskTrigger } from '../../src/lib/entity/whisk-trigger.js';
import type { RuleCall, RuleOutcome } from '../../src/lib/feeds/rule-invoker.js';
import { type Fire, TriggerFiring } from '../../src/lib/feeds/trigger-firing.js';
import { closeOpenActivation } from '../../src/lib/invoker/activation-builder.js';
import { alice } from '../helpers/controller-under-test.js';
import { MemoryActivationStore } from '../helpers/memory-activation-store.js';

const trigger: WhiskTrigger = {
  namespace: 'ns',
  name: 't',
  version: '0.0.7',
  publish: false,
  parameters: [{ key: 'a', value: 1 }],
  annotations: [],
  limits: {},
  rules: { 'ns/r': { action: { path: 'ns', name: 'a' }, status: 'active' } },
  updated: 1,
};
const fire: Fire = { trigger, identity: alice, transactionId: 'tid', received: 5, headers: {}, payload: { b: 2 } };

/** A firing whose rules end when the test says so. */
function prepare(store = new MemoryActivationStore()): {
  readonly firing: TriggerFiring;
  readonly store: MemoryActivationStore;
  readonly calls: RuleCall[];
  readonly logged: string[];
  readonly end: (outcome: RuleOutcome) => void;
} {
  const calls: RuleCall[] = [];
  const logged: string[] = [];
  const log = (_component: string, message: string): void => {
    logged.push(message);
  };
  let end: (outcome: RuleOutcome) => void = () => undefined;
  const outcome = new Promise<RuleOutcome>((resolve) => {
    end = resolve;
  });
  const invoke = (call: RuleCall): Promise<RuleOutcome> => {
    calls.push(call);
    return outcome;
  };
  const firing = new TriggerFiring({
    activations: store,
    rules: { invoke },
    random: new PooledRandom(),
    log: { debug: log, info: log, warn: log, error: log },
  });
  return { firing, store, calls, logged, end };
}

describe('TriggerFiring', () => {
  it('stores the fire as accepted, runs the rules with their arguments, then writes the record', async () => {
    const { firing, store, calls, end } = prepare();
    const id = (await firing.fire(fire)) ?? '';
    const [open] = await store.open();
    assert.equal(open?.activationId, id);
    const { action, payload, transactionId, received } = calls[0] ?? {};
    assert.deepEqual(action, { namespace: 'ns', package: '', name: 'a' });
    assert.deepEqual([payload, transactionId, received], [{ a: 1, __ow_headers: {}, b: 2 }, 'tid', 5]);
    assert.equal(await store.get('ns', id), undefined);
    end({ activationId: 'x' });
    await firing.settled();
    const record = JSON.parse((await store.get('ns', id)) ?? '{}') as Record<string, unknown>;
    assert.deepEqual(record['response'], { status: 'success', success: true, result: { b: 2 } });
    assert.deepEqual([record['version'], record['start']], ['0.0.7', 5]);
    assert.deepEqual(await store.open(), []);
  });

  it('does nothing without an active rule', async () => {
    const { firing, store, calls } = prepare();
    assert.equal(await firing.fire({ ...fire, trigger: { ...trigger, rules: {} } }), undefined);
    await firing.settled();
    assert.deepEqual([calls, await store.open()], [[], []]);
  });

  it('RS-104 a fire that a dead platform left behind can be ended', async () => {
    const { firing, store, end } = prepare();
    const id = await firing.fire(fire);
    const [open] = await store.open();
    assert.ok(open !== undefined);
    const { record } = closeOpenActivation(open, 'running', 9);
    const { activationId, subject, response } = JSON.parse(record) as Record<string, unknown>;
    assert.deepEqual([activationId, subject], [id, 'alice']);
    assert.match(JSON.stringify(response), /The platform stopped while this activation was running/);
    end({ status: 503, error: '' });
    await firing.settled();
  });

  it('a record that cannot be written is told in the log, and the fire stays open', async () => {
    const store = new MemoryActivationStore();
    store.put = () => Promise.reject(new Error('disk full'));
    const { firing, logged, end } = prepare(store);
    const id = String(await firing.fire(fire));
    end({ activationId: 'x' });
    await firing.settled();
    assert.deepEqual(logged, [`the record of activation ${id} could not be written`]);
    assert.equal((await store.open()).length, 1);
  });
});
