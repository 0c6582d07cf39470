import { isLoopback } from '../config/apihost.js';
import type { Store } from '../database/open-store.js';
import { SelectiveActivationStore } from '../database/selective-activation-store.js';
import type { Controller } from '../controller/controller.js';
import type { AlarmClock } from '../feeds/alarm-clock.js';
import type { PoolInvoker } from '../invoker/pool-invoker.js';
import type { DriverEngine } from './choose-driver.js';
import { chosenLimits } from './chosen-limits.js';
import type { Foundation } from './foundation.js';
import type { PlatformOptions } from './launcher/platform-options.js';
import type { Lifetime } from './lifetime.js';
import type { PlatformSurroundings } from './platform-surroundings.js';
import { seedSystemPackages } from './system-packages/seed-system-packages.js';

/** Invoker and controller, not listening yet. */
export interface Service {
  readonly invoker: PoolInvoker;
  /** Its server listens nowhere, and its HTTP framework is not loaded. */
  readonly api: Pick<Controller, 'server' | 'respond' | 'load'>;
  /** Loaded, and not started yet. */
  readonly alarms: AlarmClock;
}

/** What the service is built from. */
export interface ServiceParts {
  readonly options: PlatformOptions;
  readonly around: PlatformSurroundings;
  readonly foundation: Foundation;
  readonly store: Store;
  readonly lifetime: Lifetime;
  /** The URL of the API for actions, which may run in another network. */
  readonly containerUrl: () => string;
  readonly ready: () => boolean;
}

/** Puts invoker and controller together. */
export async function buildService(parts: ServiceParts): Promise<Service> {
  const { options, around, foundation, store, lifetime } = parts;
  const { clock, log, random, version } = around;
  const { factory, manifest, config } = foundation;
  await foundation.begun;
  const { PoolInvoker } = await import('../invoker/pool-invoker.js');
  const { createController } = await import('../controller/controller.js');
  const { artifacts, subjects, alarms: alarmStore, apis, settings } = store;
  const limits = chosenLimits(options.limits, manifest);
  const keeps = (namespace: string): boolean => limits.of(namespace).storeActivations ?? true;
  const activations = new SelectiveActivationStore({ store: store.activations, keeps });
  const apiHost = parts.containerUrl;
  const invoker = new PoolInvoker({ factory, store: activations, manifest, clock, log, apiHost, config });
  lifetime.onEnd('end the invoker', () => invoker.drain(0));
  await seedSystemPackages({ artifacts, settings, manifest, clock, folder: around.systemPackages });
  const controller = createController({
    ...{ artifacts, activations, subjects, alarms: alarmStore, apis, settings, invoker, manifest, clock, random, log },
    limits,
    allowedHosts: [
      ...(isLoopback(options.host) ? [] : [options.host.toLowerCase()]),
      ...(foundation.engine === undefined ? [] : ['host.docker.internal', ...(await gatewayOf(foundation.engine))]),
    ],
    url: () => foundation.address.url,
    ready: parts.ready,
    metrics: options.metrics,
    build: { date: new Date(clock.now()).toISOString(), number: version },
  });
  lifetime.onEnd('write the last records', () => controller.finish());
  const { alarms } = controller;
  await alarms.load();
  return { invoker, api: controller, alarms };
}

async function gatewayOf(engine: DriverEngine): Promise<string[]> {
  const gateway = await engine.gateway();
  return gateway === undefined ? [] : [gateway];
}
