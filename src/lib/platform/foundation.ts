import { existsSync, rmSync } from 'node:fs';
import type { ContainerFactory } from '../containers/container-factory.js';
import { FileLock } from '../database/file-lock.js';
import { ConfigError } from '../errors/client-errors.js';
import type { PoolConfig } from '../invoker/pool-config.js';
import { RuntimeManifest } from '../runtime-manifest/runtime-manifest.js';
import { chooseDriver, type Driver, type DriverEngine } from './choose-driver.js';
import { HeadStart } from './head-start.js';
import type { PlatformOptions } from './launcher/platform-options.js';
import { ensurePrivateFolder } from './launcher/private-folder.js';
import type { Lifetime } from './lifetime.js';
import type { PlatformSurroundings } from './platform-surroundings.js';
import { poolSettings } from './pool-settings.js';
import { ReservedAddress } from './reserved-address.js';

/** What a platform has before it opens its store. */
export interface Foundation {
  /** Whether the platform before this one did not stop in order. */
  readonly crashed: boolean;
  readonly manifest: RuntimeManifest;
  readonly config: PoolConfig;
  /** Where the REST API will listen. */
  readonly address: ReservedAddress;
  readonly driver: Driver;
  /** The container engine behind the driver, where there is one. */
  readonly engine?: DriverEngine;
  /** Why it is not the driver that `auto` would have preferred. */
  readonly driverNote?: string;
  /** The driver with the stem cell that was begun early. */
  readonly factory: ContainerFactory;
  /** Resolves when the process of that stem cell runs: until then nothing should keep the event loop busy. */
  readonly begun: Promise<void>;
}

/** Thrown when another process owns the RT_HOME. */
export class PlatformLocked extends Error {
  constructor(path: string) {
    super(`another process has the lock ${path}`);
    this.name = 'PlatformLocked';
  }
}

/**
 * Takes the lock of the RT_HOME and the address, and begins the first stem cell while the rest is loaded (performance.md §4, 1). Throws PlatformLocked,
 * PlatformError or ConfigError.
 */
export async function layFoundation(
  options: PlatformOptions,
  around: PlatformSurroundings,
  lifetime: Lifetime,
): Promise<Foundation> {
  const { paths } = around;
  const crashed = takeLock(around, lifetime);
  const address = await ReservedAddress.reserve(options.host, options.port);
  lifetime.onEnd('give back the address', () => {
    address.release();
  });
  const manifest = readManifest(options, around.nodeVersion);
  const config = poolSettings(options, manifest);
  const { driver, engine, note } = await chooseDriver(options, manifest, around);
  lifetime.onEnd('remove the boxes', () => {
    rmSync(paths.boxes, { recursive: true, force: true });
  });
  lifetime.onEnd('end the runtimes', () => driver.dispose());
  const factory = new HeadStart({ factory: driver });
  return {
    ...{ crashed, manifest, config, driver, factory, address },
    // A container of an engine reaches the API at another address, which is not known yet.
    begun: engine === undefined ? beginStemCell(factory, address.url, config, manifest) : Promise.resolve(),
    ...(engine === undefined ? {} : { engine }),
    ...(note === undefined ? {} : { driverNote: note }),
  };
}

/** Gives whether the platform before this one left something behind. */
function takeLock({ paths, user, pid, log }: PlatformSurroundings, lifetime: Lifetime): boolean {
  ensurePrivateFolder(paths.run, user);
  if (paths.socketFolder !== undefined) ensurePrivateFolder(paths.socketFolder, user);
  const lock = FileLock.acquire(paths.lock);
  if (lock === undefined) throw new PlatformLocked(paths.lock);
  lifetime.onEnd('release the lock', () => {
    lock.release();
  });
  const crashed = existsSync(paths.state) || existsSync(paths.boxes);
  rmSync(paths.state, { force: true });
  log.info('platform', `process ${String(pid)} owns ${paths.run}`);
  return crashed;
}

function readManifest({ runtimes }: PlatformOptions, nodeVersion: string): RuntimeManifest {
  if (runtimes === undefined) return RuntimeManifest.builtIn(Number.parseInt(nodeVersion, 10));
  try {
    return RuntimeManifest.parse(JSON.parse(runtimes));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ConfigError(`runtimes manifest: it is not JSON: ${error.message}`, { cause: error });
  }
}

async function beginStemCell(
  factory: HeadStart,
  url: string,
  { prewarm: [cell] }: PoolConfig,
  manifest: RuntimeManifest,
): Promise<void> {
  const image = cell === undefined ? undefined : manifest.resolve(cell.kind)?.image;
  if (cell === undefined || image === undefined) return;
  const { kind, memory } = cell;
  const environment = { __OW_API_HOST: url };
  await factory.begin({ kind, memory, image, environment, purpose: 'prewarm/first' });
}
