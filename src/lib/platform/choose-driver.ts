import type { ContainerFactory } from '../containers/container-factory.js';
import type { EngineAddress, EngineSurroundings } from '../containers/docker/engine-address.js';
import { findEngine, hasImage, ping } from '../containers/docker/find-engine.js';
import { PlatformError } from '../errors/client-errors.js';
import type { RuntimeManifest } from '../runtime-manifest/runtime-manifest.js';
import type { PlatformOptions } from './launcher/platform-options.js';
import type { PlatformSurroundings } from './platform-surroundings.js';
import { createDriver } from './process-driver.js';
import { identify } from './process-identity.js';

/** A factory that can also clean up behind an earlier platform. */
export interface Driver extends ContainerFactory {
  /** Ends what a platform with the same data folder has left behind; gives how many. Only for the owner of its lock (RS-143). */
  removeLeftovers(): Promise<number>;
  /** What separates actions from the user's account (reliability-and-security.md §1.5). */
  isolation(): Promise<string>;
}

/** The container engine behind the driver, where there is one. */
export interface DriverEngine {
  /** As in `DOCKER_HOST`. */
  readonly name: string;
  /** What is wrong with it; undefined when it answers (RS-132). */
  fault(): Promise<string | undefined>;
  /** Address of this machine in the network of the containers; undefined where containers use the name `host.docker.internal`. */
  gateway(): Promise<string | undefined>;
}

/** The driver that runs actions. */
export interface ChosenDriver {
  readonly driver: Driver;
  readonly engine?: DriverEngine;
  /** Why it is not the one that `auto` would have preferred. */
  readonly note?: string;
}

/** Where the user's environment says that container engines are. */
function engineSurroundings({ environment, user }: PlatformSurroundings): EngineSurroundings {
  return { environment, user, home: environment.HOME ?? '/', platform: process.platform };
}

/**
 * Chooses the driver (cli.md §14.1). `auto` takes docker when an engine answers within 2 s and has the image of the default Node.js kind: an
 * action must never wait for a download that nobody has asked for. Throws PlatformError when `docker` was asked for and no engine answers.
 */
export async function chooseDriver(
  options: PlatformOptions,
  manifest: RuntimeManifest,
  around: PlatformSurroundings,
): Promise<ChosenDriver> {
  if (options.driver === 'process') return { driver: createDriver(options, manifest, around) };
  const found = await findEngine(engineSurroundings(around));
  if ('address' in found) {
    const note = options.driver === 'auto' ? await reasonAgainst(found.address, manifest) : undefined;
    if (note === undefined) return dockerDriver(found.address, { options, manifest, around });
    return { driver: createDriver(options, manifest, around), note };
  }
  if (options.driver === 'docker') {
    throw new PlatformError(`--driver docker: ${found.fault}`, {
      hint: 'start Docker or Podman, set DOCKER_HOST, or use --driver process',
    });
  }
  const note = found.tried ? { note: `${found.fault}; actions run as processes` } : {};
  return { driver: createDriver(options, manifest, around), ...note };
}

async function reasonAgainst(address: EngineAddress, manifest: RuntimeManifest): Promise<string | undefined> {
  const [first] = manifest.kinds();
  const kind = manifest.resolve('nodejs:default') ?? first;
  if (kind === undefined || (await hasImage(address, kind.image))) return undefined;
  return (
    `the container engine at ${address.name} does not have the image of ${kind.kind}; actions run as processes. ` +
    `'rt kind pull ${kind.kind}' gets it`
  );
}

async function dockerDriver(
  address: EngineAddress,
  parts: {
    readonly options: PlatformOptions;
    readonly manifest: RuntimeManifest;
    readonly around: PlatformSurroundings;
  },
): Promise<ChosenDriver> {
  const { options, manifest, around } = parts;
  const { log, clock, paths } = around;
  const { DockerContainerFactory } = await import('../containers/docker/docker-container-factory.js');
  const driver = new DockerContainerFactory({
    ...{ address, manifest, log, clock, mark: paths.mark, owner: ownerLabel(around) },
    ...{ platform: process.platform, poolMemory: options.pool, pull: options.pull },
  });
  const engine = {
    name: address.name,
    fault: () => ping(address),
    gateway: () => driver.gateway(),
  };
  return { driver, engine };
}

/** Names the process that makes containers, so that it can be told later whether it still runs. */
function ownerLabel({ pid, machine }: PlatformSurroundings): string {
  return `${String(pid)}:${identify(pid)?.startTime ?? ''}@${machine}`;
}
