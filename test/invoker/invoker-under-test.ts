import type { WhiskActivation } from '../../src/lib/entity/activation.js';
import type { JsonObject } from '../../src/lib/entity/json.js';
import { defaultActionLimits } from '../../src/lib/entity/limits.js';
import type { Log } from '../../src/lib/entity/log.js';
import type { WhiskAction } from '../../src/lib/entity/whisk-action.js';
import type { ActivationMessage, ExecutableAction } from '../../src/lib/invoker/activation-message.js';
import type { FinishedActivation } from '../../src/lib/invoker/invoker.js';
import type { KindSource, PoolConfig } from '../../src/lib/invoker/pool-config.js';
import { PoolInvoker } from '../../src/lib/invoker/pool-invoker.js';
import type { RuntimeKind } from '../../src/lib/runtime-manifest/runtime-kind.js';
import { answer, FakeContainerFactory } from '../helpers/fake-containers.js';
import { MemoryActivationStore } from '../helpers/memory-activation-store.js';
import { VirtualClock } from '../helpers/virtual-clock.js';

/** Room for four containers of the default size, nothing prepared. */
export const testConfig: PoolConfig = {
  poolMemory: 1024,
  pauseGrace: 10_000,
  idleTime: 600_000,
  prewarm: [],
  keepStemCells: false,
  queueLimit: 1000,
  queueBytes: 64 * 1024 * 1024,
};

/** What a test wants to be different about an activation. */
export interface Wish {
  readonly name?: string;
  readonly action?: Partial<WhiskAction>;
  readonly executable?: Partial<ExecutableAction>;
  readonly message?: Partial<ActivationMessage>;
  readonly namespace?: string;
  readonly content?: JsonObject;
}

/** An invoker over fake containers, a store in memory and a virtual clock. */
export class InvokerUnderTest {
  readonly clock = new VirtualClock();
  readonly factory = new FakeContainerFactory();
  readonly store = new MemoryActivationStore();
  readonly logged: string[] = [];
  readonly invoker: PoolInvoker;
  private ids = 0;

  constructor(config: Partial<PoolConfig> = {}, kinds: Partial<RuntimeKind> = {}) {
    this.invoker = new PoolInvoker({
      factory: this.factory,
      store: this.store,
      manifest: manifestOf(kinds),
      clock: this.clock,
      log: logTo(this.logged),
      apiHost: () => 'http://127.0.0.1:1',
      config: { ...testConfig, ...config },
    });
  }

  /** The next message. */
  message(wish: Wish = {}): ActivationMessage {
    this.ids += 1;
    return messageOf(wish, { number: this.ids, received: this.clock.now() });
  }

  activate(wish: Wish = {}): Promise<FinishedActivation> {
    return this.invoker.activate(this.message(wish));
  }

  /** Activates and lets `ms` of virtual time pass. */
  async activateFor(ms: number, wish: Wish = {}): Promise<FinishedActivation> {
    const finished = this.activate(wish);
    await this.clock.advance(ms);
    return finished;
  }
}

/** A message for `guest/hello` of kind nodejs:20 unless wished otherwise; its `number` is its id, `received` epoch ms. */
export function messageOf(
  wish: Wish,
  facts: { readonly number: number; readonly received: number },
): ActivationMessage {
  const namespace = wish.namespace ?? 'guest';
  const action: WhiskAction = {
    namespace,
    name: wish.name ?? 'hello',
    version: '0.0.1',
    publish: false,
    annotations: [{ key: 'provide-api-key', value: false }],
    parameters: [],
    limits: defaultActionLimits,
    exec: { kind: 'nodejs:20', binary: false },
    updated: 0,
    ...wish.action,
  };
  return {
    activationId: facts.number.toString(16).padStart(32, '0'),
    transactionId: 'tid',
    identity: { subject: namespace, namespace, uuid: 'user', key: 'secret' },
    executable: {
      action,
      revision: 1,
      code: () => Promise.resolve('function main() {}'),
      ...wish.executable,
    },
    content: wish.content ?? {},
    initEnvironment: {},
    received: facts.received,
    ...wish.message,
  };
}

/** A wish for an action of another memory size. */
export function withMemory(memory: number, name = 'hello'): Wish {
  return { name, action: { limits: { ...defaultActionLimits, memory } } };
}

/** Makes every run take `ms` of virtual time. */
export function slow(under: InvokerUnderTest, ms: number): void {
  under.factory.script.run = async () => {
    await under.clock.sleep(ms);
    return answer('{}');
  };
}

/** The states of all containers. */
export function states(under: InvokerUnderTest): string[] {
  return under.invoker.containers().map(({ state }) => state);
}

/** The record of a finished activation. */
export function recordOf({ record }: FinishedActivation): WhiskActivation {
  return JSON.parse(record) as WhiskActivation;
}

/** The logs of a record. */
export function logsOf(finished: FinishedActivation): readonly string[] {
  return recordOf(finished).logs;
}

/** The value of an annotation of a finished activation. */
export function annotation(finished: FinishedActivation, key: string): unknown {
  return recordOf(finished).annotations.find((one) => one.key === key)?.value;
}

/** A body that was sent to a runtime. */
export function sentValue(body: string | undefined): Record<string, unknown> {
  return JSON.parse(body ?? '{}') as Record<string, unknown>;
}

function manifestOf(override: Partial<RuntimeKind>): KindSource {
  const families = new Set(['nodejs', 'python']);
  return {
    resolve(kind) {
      const family = kind.split(':')[0] ?? '';
      if (!families.has(family)) return undefined;
      return {
        family,
        kind,
        default: true,
        deprecated: false,
        image: `openwhisk/${family}`,
        attached: true,
        requireMain: false,
        sentinelledLogs: true,
        stemCells: [],
        ...override,
      };
    },
  };
}

function logTo(lines: string[]): Log {
  const write = (component: string, message: string): void => {
    lines.push(`${component}: ${message}`);
  };
  return { debug: write, info: write, warn: write, error: write };
}
