import { randomBytes } from 'node:crypto';
import type { Clock } from '../../entity/clock.js';
import type { Log } from '../../entity/log.js';
import type { RuntimeManifest } from '../../runtime-manifest/runtime-manifest.js';
import type { Container } from '../container.js';
import {
  ContainerCreationError,
  type ContainerFactory,
  type ContainerRequest,
  type KindAvailability,
} from '../container-factory.js';
import { StreamCollector } from '../stream-collector.js';
import { collectAttached } from './attached-output.js';
import { createOptions, labels, runtimePort } from './container-options.js';
import { DockerContainer } from './docker-container.js';
import { Engine } from './engine.js';
import type { EngineAddress } from './engine-address.js';
import { EngineError } from './engine-error.js';
import { withTag } from './image-tag.js';
import { Images, type PullPolicy } from './images.js';
import { Lanes } from './lanes.js';
import { RuntimeLink } from './runtime-link.js';
import { sentinelEnd } from './sentinel-end.js';

/** What the Docker driver needs to know of this machine and this platform. */
export interface DockerDriverOptions {
  readonly address: EngineAddress;
  /** Id of the data folder: its containers are recognised by it, also after a crash. */
  readonly mark: string;
  /** Names the process that makes the containers, so that others can tell whether it still runs. */
  readonly owner: string;
  /** Name of the operating system. */
  readonly platform: string;
  /** MB for all containers together. */
  readonly poolMemory: number;
  readonly pull: PullPolicy;
  readonly manifest: Pick<RuntimeManifest, 'resolve' | 'isLocalImage'>;
  readonly log: Log;
  readonly clock: Clock;
}

/** Containers that are created at the same time (action-interface.md §5.4). */
const creations = 10;

/** Milliseconds for which a list of images is good. */
const listLife = 500;

/** Runs actions in containers of Docker or Podman, with the images of the runtimes manifest or of the user (action-interface.md §5). */
export class DockerContainerFactory implements ContainerFactory {
  readonly driver = 'docker';
  private readonly instance = randomBytes(8).toString('hex');
  private readonly containers = new Set<Container>();
  private readonly lanes = new Lanes(creations);
  private readonly images: Images;
  private opened: Promise<Engine> | undefined;
  private reachable: Promise<boolean> | undefined;
  private listed: { readonly at: number; readonly names: Promise<ReadonlySet<string>> } | undefined;
  private counter = 0;
  private disposed = false;

  constructor(private readonly options: DockerDriverOptions) {
    const { pull, log } = options;
    this.images = new Images({ engine: () => this.engine(), policy: pull, log });
  }

  async create(request: ContainerRequest): Promise<Container> {
    const named = this.options.manifest.resolve(request.kind) === undefined;
    if (named && request.kind !== 'blackbox') {
      throw new ContainerCreationError('platform', `${request.kind}: the runtimes manifest does not have it`);
    }
    return this.lanes.run(async () => {
      if (this.disposed) throw new ContainerCreationError('platform', 'the platform is stopping');
      try {
        // The manifest's own images for users are never pulled.
        if (!named || !this.options.manifest.isLocalImage(request.image)) {
          await this.images.ensure({ name: request.image, named });
        }
        return await this.start(request);
      } catch (error) {
        throw creationError(error, request);
      }
    });
  }

  async availability(kind: string): Promise<KindAvailability> {
    const image = this.options.manifest.resolve(kind)?.image;
    if (image === undefined) return { available: false, missing: 'the runtimes manifest does not have it' };
    try {
      if ((await this.imageNames()).has(withTag(image))) return { available: true, detail: `image ${image}` };
      return { available: false, missing: `the image ${image} is not on this machine; rt kind pull ${kind}` };
    } catch (error) {
      return { available: false, missing: `the container engine: ${error instanceof Error ? error.message : ''}` };
    }
  }

  isolation(): Promise<'container'> {
    return Promise.resolve('container');
  }

  /** Address of this machine in the network of the containers; undefined where they have no network of this machine. */
  async gateway(): Promise<string | undefined> {
    const engine = await this.engine();
    return (await this.hasReachableContainers(engine)) ? engine.gateway() : undefined;
  }

  /** Removes the containers that an earlier platform of the same data folder has left. Only for the owner of its lock (RS-143). */
  async removeLeftovers(): Promise<number> {
    const engine = await this.engine();
    const left = await engine.list(`${labels.platform}=${this.options.mark}`);
    const others = left.filter((container) => container.labels[labels.instance] !== this.instance);
    await Promise.all(others.map(({ id }) => engine.remove(id)));
    return others.length;
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.lanes.idle();
    const results = await Promise.allSettled([...this.containers].map((container) => container.destroy()));
    const failed = results.filter(({ status }) => status === 'rejected').length;
    if (failed > 0) this.options.log.warn('containers', `${String(failed)} containers could not be removed`);
  }

  /** One list for the many kinds that are asked for at once. */
  private imageNames(): Promise<ReadonlySet<string>> {
    const now = this.options.clock.monotonic();
    if (this.listed === undefined || now - this.listed.at > listLife) {
      this.listed = { at: now, names: this.engine().then((engine) => engine.imageNames()) };
    }
    return this.listed.names;
  }

  private engine(): Promise<Engine> {
    this.opened ??= Engine.open(this.options.address);
    return this.opened;
  }

  /** Created early, dialled late: a connection that comes before the start is over costs a second (performance.md §4, 5). */
  private async start(request: ContainerRequest): Promise<Container> {
    const engine = await this.engine();
    const publish = !(await this.hasReachableContainers(engine));
    const { mark, owner, poolMemory } = this.options;
    this.counter += 1;
    const settings = { mark, owner, poolMemory, publish, instance: this.instance };
    const engineId = await engine.create(createOptions(request, settings, this.counter));
    try {
      return await this.connect(engine, engineId, request);
    } catch (error) {
      await engine.remove(engineId).catch(() => undefined);
      throw error;
    }
  }

  private async connect(engine: Engine, engineId: string, request: ContainerRequest): Promise<Container> {
    const { clock } = this.options;
    const collector = this.createCollector(request);
    collectAttached(await engine.attach(engineId), collector);
    await engine.start(engineId);
    let ended = false;
    const gone = engine.ended(engineId).then(() => {
      ended = true;
    });
    const { own, publishedPort } = await engine.locate(engineId, runtimePort);
    const relayed = publishedPort !== undefined;
    const port = publishedPort ?? Number.parseInt(runtimePort, 10);
    const link = new RuntimeLink({
      ...{ host: relayed ? '127.0.0.1' : (own ?? '127.0.0.1'), port, relayed, clock, gone },
      hasEnded: () => ended,
      end: () => engine.end(engineId),
      image: request.image,
    });
    const id = randomBytes(16).toString('hex');
    const { kind, memory } = request;
    const onDestroyed = (container: Container): void => void this.containers.delete(container);
    const container = new DockerContainer({ id, engineId, kind, memory, engine, link, collector, gone, onDestroyed });
    this.containers.add(container);
    return container;
  }

  private createCollector({ kind, image, environment, purpose }: ContainerRequest): StreamCollector {
    const { clock, log, manifest } = this.options;
    const runtime = manifest.resolve(kind);
    const writesSentinels = runtime?.sentinelledLogs ?? manifest.isLocalImage(image);
    // Activations that overlap share the streams: their ends cannot be told apart (§1.8).
    const alone = environment.__OW_ALLOW_CONCURRENT === undefined;
    return new StreamCollector({
      clock,
      awaitEnd: sentinelEnd(clock, writesSentinels && alone),
      onStray: (bytes) => {
        log.debug('containers', `${purpose}: ${String(bytes)} bytes of output between activations`);
      },
    });
  }

  private hasReachableContainers(engine: Engine): Promise<boolean> {
    this.reachable ??= engine.hasReachableContainers(this.options.platform).catch((error: unknown) => {
      this.reachable = undefined;
      throw error;
    });
    return this.reachable;
  }
}

/** Whose fault it is that there is no container (action-interface.md §1.6, last table). */
function creationError(error: unknown, { kind, image }: ContainerRequest): ContainerCreationError {
  if (error instanceof ContainerCreationError) return error;
  if (!(error instanceof EngineError)) {
    return new ContainerCreationError('platform', `${kind}: ${String(error)}`, { cause: error });
  }
  if (/executable file not found|no such file or directory|No command specified/i.test(error.message)) {
    return new ContainerCreationError('developer', `executable file not found in image ${image}`, { cause: error });
  }
  if (error.status === 404) {
    return new ContainerCreationError('developer', `Failed to pull container image '${image}'.`, { cause: error });
  }
  return new ContainerCreationError('platform', `The container engine: ${error.message}`, { cause: error });
}
