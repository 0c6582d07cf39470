import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProcessContainerFactory } from '../../src/lib/containers/process/process-container-factory.js';
import { createController } from '../../src/lib/controller/controller.js';
import { defaultRetention } from '../../src/lib/database/activation-retention.js';
import { openStore } from '../../src/lib/database/open-store.js';
import { noNamespaceLimits } from '../../src/lib/entitlement/namespace-limits.js';
import { systemClock as clock } from '../../src/lib/entity/clock.js';
import type { Identity } from '../../src/lib/entity/identity.js';
import { defaultActionLimitBounds } from '../../src/lib/entity/limits.js';
import type { Log } from '../../src/lib/entity/log.js';
import { PooledRandom } from '../../src/lib/entity/random.js';
import { PoolInvoker } from '../../src/lib/invoker/pool-invoker.js';
import { RuntimeManifest } from '../../src/lib/runtime-manifest/runtime-manifest.js';
import { implemented, type Target } from './openwhisk-runner.js';

/** A platform that lives as long as the run: store in memory, process driver, a free port. */
export interface EphemeralPlatform {
  readonly target: Target;
  dispose(): Promise<void>;
}

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const config = {
  poolMemory: 1024,
  pauseGrace: 60_000,
  idleTime: 600_000,
  prewarm: [],
  keepStemCells: true,
  queueLimit: 1_000,
  queueBytes: 64 * 1_048_576,
};

/** Puts the pieces of the platform together in this process and starts to listen on a port chosen by the system. */
export async function startEphemeralPlatform(log: Log = silentLog()): Promise<EphemeralPlatform> {
  const boxes = await mkdtemp(join(tmpdir(), 'rt-conformance-'));
  const manifest = RuntimeManifest.builtIn(Number(process.versions.node.split('.')[0]));
  const store = await openStore({ retention: defaultRetention, clock, log });
  const factory = new ProcessContainerFactory({
    launchers: folder('src/lib/containers/process/launchers'),
    modules: [folder('node_modules')],
    boxes,
    mark: randomUUID(),
    node: process.execPath,
    path: process.env['PATH'] ?? '',
    log,
    clock,
    manifest,
  });
  let origin = '';
  const invoker = new PoolInvoker({
    factory,
    store: store.activations,
    manifest,
    clock,
    log,
    apiHost: () => origin,
    config,
  });
  const { server } = createController({
    artifacts: store.artifacts,
    activations: store.activations,
    subjects: store.subjects,
    apis: store.apis,
    settings: store.settings,
    invoker,
    manifest,
    clock,
    log,
    random: new PooledRandom(),
    limits: noNamespaceLimits,
    bounds: defaultActionLimitBounds,
    allowedHosts: [],
    url: () => origin,
    ready: () => true,
    metrics: false,
    build: { date: '', number: 'conformance' },
  });
  const [first, second] = [newIdentity('guest'), newIdentity('second')];
  for (const identity of [first, second]) await store.subjects.put(identity);
  await server.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${String((server.server.address() as AddressInfo).port)}`;
  return {
    target: {
      origin,
      namespace: first.namespace,
      auth: authOf(first),
      second: { namespace: second.namespace, auth: authOf(second) },
      capabilities: ['nodejs', 'gateway'],
      ...implemented,
    },
    dispose: async () => {
      server.server.closeAllConnections();
      await server.close();
      await invoker.drain(0);
      await factory.dispose();
      await store.close();
      await rm(boxes, { recursive: true, force: true });
    },
  };
}

function newIdentity(namespace: string): Identity {
  return { subject: namespace, namespace, uuid: randomUUID(), key: randomBytes(32).toString('hex') };
}

function authOf({ uuid, key }: Identity): string {
  return `${uuid}:${key}`;
}

/** The runner reports what went wrong; only errors of the platform itself are worth a line. */
function silentLog(): Log {
  const ignore = (): void => undefined;
  return {
    debug: ignore,
    info: ignore,
    warn: ignore,
    error: (component, message, error) => {
      process.stderr.write(`${component}: ${message} ${error instanceof Error ? (error.stack ?? '') : ''}\n`);
    },
  };
}
