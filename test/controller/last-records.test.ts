import assert from 'node:assert/strict';
import type { ActivationEntry } from '../../src/lib/database/activation-store.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import { ControllerUnderTest, textOf } from '../helpers/controller-under-test.js';
import { MemoryActivationStore } from '../helpers/memory-activation-store.js';
import { waitUntil } from '../helpers/wait-until.js';

const exec = { kind: 'nodejs:default', code: 'function main(args) { return args; }' };

/** A clock on which nothing is ever due, so that only the end of the controller writes what was kept. */
const clock = { ...systemClock, after: () => () => undefined };

/** Activations in memory whose `put` waits or fails as the test says. */
class UnwillingStore extends MemoryActivationStore {
  unwilling: (() => Promise<void>) | undefined;

  override async put(entry: ActivationEntry): Promise<void> {
    await this.unwilling?.();
    await super.put(entry);
  }
}

describe('records at the end of a controller', () => {
  let store: UnwillingStore;
  let api: ControllerUnderTest;
  beforeEach(async () => {
    store = new UnwillingStore();
    api = await new ControllerUnderTest({ activations: store, clock }).start();
    await api.put('actions/a', { exec });
  });
  afterEach(() => api.dispose());

  it('RS-125 the record of a sequence that could not be written is written at the end', async () => {
    await api.put('actions/s', { exec: { kind: 'sequence', components: ['/_/a'] } });
    store.unwilling = () => Promise.reject(new Error('the disk is full'));
    const { status, json } = await api.post('actions/s?blocking=true', { x: 1 });
    assert.equal(status, 200);
    const id = textOf(json['activationId']);
    assert.equal((await api.get(`activations/${id}`)).status, 404);
    store.unwilling = undefined;
    await api.controller.finish();
    assert.deepEqual((await api.get(`activations/${id}`)).json['response']?.['result'], { x: 1 });
  });

  it('RS-125 says in the log which record is lost', async () => {
    await api.put('actions/s', { exec: { kind: 'sequence', components: ['/_/a'] } });
    store.unwilling = () => Promise.reject(new Error('the disk is full'));
    const id = textOf((await api.post('actions/s?blocking=true', {})).json['activationId']);
    await api.controller.finish();
    assert.ok(api.logged.includes(`invoker: the record of activation ${id} is lost`));
  });

  it('RS-145 the record of a fire that is being written is waited for', async () => {
    await api.put('triggers/t', {});
    await api.put('rules/r', { trigger: '/_/t', action: '/_/a' });
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    let writes = 0;
    store.unwilling = () => {
      writes += 1;
      return held;
    };
    const id = textOf((await api.post('triggers/t', { x: 1 })).json['activationId']);
    await waitUntil('the record is being written', () => writes === 1);
    const finished = api.controller.finish();
    goOn();
    await finished;
    assert.equal((await api.get(`activations/${id}`)).status, 200);
  });
});
