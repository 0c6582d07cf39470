import assert from 'node:assert/strict';
import type { ContainerFactory, ContainerRequest } from '../../src/lib/containers/container-factory.js';
import type { CollectedLogs, Container, RuntimeOutcome } from '../../src/lib/containers/container.js';
import { systemClock } from '../../src/lib/entity/clock.js';
import { PoolInvoker } from '../../src/lib/invoker/pool-invoker.js';
import { RuntimeManifest } from '../../src/lib/runtime-manifest/runtime-manifest.js';
import { ControllerUnderTest, textOf } from '../helpers/controller-under-test.js';
import { MemoryActivationStore } from '../helpers/memory-activation-store.js';
import { RecordingLog } from '../helpers/recording-log.js';
import { testConfig } from './invoker-under-test.js';

/** A runtime that lives in the process of the platform and answers with the code of its action. */
class ParrotContainer implements Container {
  readonly driverId = 'parrot';
  readonly gone: Promise<void>;
  private code = '';
  private end: () => void = () => undefined;

  constructor(
    readonly id: string,
    private readonly request: ContainerRequest,
  ) {
    this.gone = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  get kind(): string {
    return this.request.kind;
  }

  get memory(): number {
    return this.request.memory;
  }

  send(route: string, body: string): Promise<RuntimeOutcome> {
    const { value } = JSON.parse(body) as { value: { code: string } };
    if (route === '/init') this.code = value.code;
    return Promise.resolve({ type: 'answer', status: 200, body: JSON.stringify({ said: this.code, heard: value }) });
  }

  collectLogs(): Promise<CollectedLogs> {
    return Promise.resolve({ lines: ['t stdout: squawk'], truncated: false, complete: true });
  }

  pause(): Promise<void> {
    return Promise.resolve();
  }

  resume(): Promise<void> {
    return Promise.resolve();
  }

  destroy(): Promise<void> {
    this.end();
    return Promise.resolve();
  }
}

/** A driver that nobody but this test knows. */
class ParrotContainerFactory implements ContainerFactory {
  readonly driver = 'parrot';
  readonly containers: ParrotContainer[] = [];

  create(request: ContainerRequest): Promise<Container> {
    const container = new ParrotContainer(`parrot-${String(this.containers.length + 1)}`, request);
    this.containers.push(container);
    return Promise.resolve(container);
  }

  availability(): Promise<{ available: true; detail: string }> {
    return Promise.resolve({ available: true, detail: 'a parrot' });
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

describe('a driver of somebody else', () => {
  it('runs actions of the REST API: the invoker knows nothing but containers and their factory', async () => {
    const factory = new ParrotContainerFactory();
    const manifest = RuntimeManifest.builtIn(20);
    const activations = new MemoryActivationStore();
    const invoker = new PoolInvoker({
      ...{ factory, manifest, clock: systemClock, log: new RecordingLog(), config: testConfig },
      ...{ store: activations, apiHost: () => 'http://127.0.0.1:1' },
    });
    const api = await new ControllerUnderTest({ invoker, activations, manifest }).start();
    try {
      const saved = await api.put('actions/polly', { exec: { kind: 'nodejs:default', code: 'a cracker' } });
      assert.equal(saved.status, 200);
      const { status, json } = await api.post('actions/polly?blocking=true', { hello: 'polly' });
      assert.equal(status, 200);
      assert.deepEqual(json['response']?.['result'], { said: 'a cracker', heard: { hello: 'polly' } });
      const record = await api.get(`activations/${textOf(json['activationId'])}`);
      assert.deepEqual(record.json['logs'], ['t stdout: squawk']);
      assert.deepEqual(
        invoker.containers().map(({ id, driverId, state }) => ({ id, driverId, state })),
        [{ id: 'parrot-1', driverId: 'parrot', state: 'idle' }],
      );
    } finally {
      await invoker.drain(0);
      await api.dispose();
    }
    assert.equal(factory.containers.length, 1);
    assert.deepEqual(invoker.containers(), []);
  });
});
