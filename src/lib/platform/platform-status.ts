import type { Store } from '../database/open-store.js';
import type { Clock } from '../entity/clock.js';
import type { LimitsDocument } from '../entity/namespace-limits.js';
import type { ContainerStatus, Invoker } from '../invoker/invoker.js';
import type { DriverEngine } from './choose-driver.js';
import type { PlatformStatus } from './control-client-documents.js';
import type { PlatformState } from './state-file.js';

/** What the status is made of. */
export interface StatusSources {
  readonly state: PlatformState;
  readonly store: Store;
  readonly invoker: Invoker;
  readonly clock: Clock;
  /** MB that all runtimes together may have. */
  readonly pool: number;
  /** What the operator said about namespaces. */
  readonly limits: LimitsDocument | undefined;
  readonly ready: () => boolean;
  /** Bytes that the platform process uses. */
  readonly ownMemory: () => number;
}

/** The part of the document that tells of the container engine; a platform without one has none. */
export async function engineStatus(engine: DriverEngine | undefined): Promise<Pick<PlatformStatus, 'engine'>> {
  if (engine === undefined) return {};
  const fault = await engine.fault();
  return {
    engine: { address: engine.name, answering: fault === undefined, ...(fault === undefined ? {} : { fault }) },
  };
}

/** The document of `/rt/status`. */
export function platformStatus(sources: StatusSources): PlatformStatus {
  const { state, store, invoker, clock, pool } = sources;
  const containers = invoker.containers();
  const count = (...states: ContainerStatus['state'][]): number =>
    containers.filter((container) => states.includes(container.state)).length;
  return {
    url: state.url,
    pid: state.pid,
    instanceId: state.instanceId,
    version: state.version,
    driver: state.driver,
    isolation: state.isolation,
    started: state.started,
    uptime: Math.max(0, Math.round((clock.now() - state.started) / 1000)),
    ready: sources.ready(),
    inFlight: invoker.inFlight,
    store: { ...(state.dataDir === undefined ? {} : { folder: state.dataDir }), ...store.sizes() },
    runtimes: {
      idle: count('idle', 'paused'),
      busy: count('busy', 'removing'),
      stemCells: count('stem cell', 'starting'),
    },
    memory: {
      platform: sources.ownMemory(),
      runtimes: containers.reduce((sum, { memory }) => sum + memory, 0),
      pool,
    },
    ...(sources.limits === undefined ? {} : { limits: sources.limits }),
  };
}
