import type { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { AgentOfCalls } from './agent-of-calls.js';
import type { EngineAddress } from './engine-address.js';
import { EngineError, toEngineError } from './engine-error.js';
import { withTag } from './image-tag.js';

/** How a container ended. */
export interface ContainerEnd {
  readonly status: number;
  /** Whether the kernel has killed one of its processes for memory. */
  readonly outOfMemory: boolean;
}

/** Where a started container can be reached; a part is absent when there is none. */
export interface ContainerAddress {
  readonly own?: string;
  /** Port on this machine's loopback address. */
  readonly publishedPort?: number;
}

/** Milliseconds that the engine gets for each kind of call (RS-132, action-interface.md §5.4). */
const limits = { create: 30_000, inspect: 10_000, pause: 10_000, remove: 20_000 };

/** Milliseconds without progress after which a pull or a build is given up. */
const progressPatience = 600_000;

/** A container engine behind its API. Every call has a deadline; all reject with EngineError. */
export class Engine {
  private constructor(
    readonly address: EngineAddress,
    private readonly docker: Dockerode,
  ) {}

  /** Makes a client for an engine. Nothing is sent; the client library is loaded here. */
  static async open(address: EngineAddress): Promise<Engine> {
    const { default: Docker } = await import('dockerode');
    const agent =
      'protocol' in address.options && address.options.protocol === 'https' ? {} : { agent: new AgentOfCalls() };
    return new Engine(address, new Docker({ ...address.options, ...agent }));
  }

  /** Whether containers have addresses that this machine can reach: not those of a virtual machine, of another host, or of a user. */
  async hasReachableContainers(platform: string): Promise<boolean> {
    if (platform !== 'linux' || !('socketPath' in this.address.options)) return false;
    const info: unknown = await this.call('info', limits.inspect, () => this.docker.info());
    const { OperatingSystem = '', SecurityOptions } = info as { OperatingSystem?: string; SecurityOptions?: string[] };
    return OperatingSystem !== 'Docker Desktop' && !(SecurityOptions ?? []).some((option) => /rootless/.test(option));
  }

  /** Address of this machine in the network of the containers, where it has one. */
  async gateway(): Promise<string | undefined> {
    const network = this.docker.getNetwork('bridge');
    const found = await this.call('inspect the network', limits.inspect, () => network.inspect());
    return found.IPAM?.Config?.[0]?.Gateway;
  }

  /** Creates a container without starting it; gives its id. */
  async create(options: Dockerode.ContainerCreateOptions): Promise<string> {
    const { id } = await this.call('create a container', limits.create, (abortSignal) =>
      this.docker.createContainer({ ...options, abortSignal }),
    );
    return id;
  }

  /** Connects to the two streams of a container, multiplexed; to be called before it is started, so that nothing is missed. */
  async attach(id: string): Promise<Readable> {
    const options = { stream: true, stdout: true, stderr: true, hijack: true };
    return (await this.call('attach to a container', limits.create, () =>
      this.docker.getContainer(id).attach(options),
    )) as unknown as Readable;
  }

  async start(id: string): Promise<void> {
    await this.call('start a container', limits.create, (abortSignal) =>
      this.docker.getContainer(id).start({ abortSignal }),
    );
  }

  async locate(id: string, port: string): Promise<ContainerAddress> {
    const { NetworkSettings } = await this.inspect(id);
    const own = Object.values(NetworkSettings.Networks).find((network) => network.IPAddress !== '')?.IPAddress;
    const published = NetworkSettings.Ports[port]?.[0]?.HostPort;
    return {
      ...(own === undefined ? {} : { own }),
      ...(published === undefined ? {} : { publishedPort: Number(published) }),
    };
  }

  /** Resolves when a container has ended or is gone; also when the engine itself goes. */
  async ended(id: string): Promise<void> {
    await this.docker
      .getContainer(id)
      .wait()
      .catch(() => undefined);
  }

  /** How a container has ended; undefined when it has not, or is gone. */
  async end(id: string): Promise<ContainerEnd | undefined> {
    try {
      const { State } = await this.inspect(id);
      return State.Running ? undefined : { status: State.ExitCode, outOfMemory: State.OOMKilled };
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    }
  }

  async pause(id: string): Promise<void> {
    await this.call('pause a container', limits.pause, (abortSignal) =>
      this.docker.getContainer(id).pause({ abortSignal }),
    );
  }

  async unpause(id: string): Promise<void> {
    await this.call('resume a container', limits.pause, (abortSignal) =>
      this.docker.getContainer(id).unpause({ abortSignal }),
    );
  }

  /** Ends and removes a container; one that is gone already is as good. */
  async remove(id: string): Promise<void> {
    try {
      await this.call('remove a container', limits.remove, (abortSignal) =>
        this.docker.getContainer(id).remove({ force: true, v: true, abortSignal }),
      );
    } catch (error) {
      // 409: somebody else is removing it at this moment.
      if (!(error instanceof EngineError) || (error.status !== 404 && error.status !== 409)) throw error;
    }
  }

  /** Containers that carry a label (`name`, or `name=value`), ended ones too. */
  async list(label: string): Promise<{ readonly id: string; readonly labels: Readonly<Record<string, string>> }[]> {
    const filters = { label: [label] };
    const found = await this.call('list containers', limits.inspect, (abortSignal) =>
      this.docker.listContainers({ all: true, filters, abortSignal }),
    );
    return found.map(({ Id, Labels }) => ({ id: Id, labels: Labels }));
  }

  /** Id of an image that is on the machine; undefined when it is not. */
  async imageId(name: string): Promise<string | undefined> {
    try {
      const found = await this.call('look for an image', limits.inspect, () => this.docker.getImage(name).inspect());
      return found.Id;
    } catch (error) {
      if (error instanceof EngineError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Names of all images that are on the machine, `repository:tag`. */
  async imageNames(): Promise<Set<string>> {
    const images = await this.call('list images', limits.inspect, () => this.docker.listImages());
    return new Set(images.flatMap(({ RepoTags }) => (RepoTags as string[] | null) ?? []));
  }

  /** Removes an image, or its name when it has others; one that is not there is as good. */
  async removeImage(name: string): Promise<void> {
    try {
      await this.call('remove an image', limits.remove, () => this.docker.getImage(name).remove({ force: true }));
    } catch (error) {
      if (!(error instanceof EngineError) || error.status !== 404) throw error;
    }
  }

  /** Whether an image has a program in one of the folders of its PATH. */
  async hasProgram(image: string, program: string): Promise<boolean> {
    const { Config } = await this.call('look for an image', limits.inspect, () =>
      this.docker.getImage(image).inspect(),
    );
    const folders = searchPath(Config);
    const id = await this.create({ Image: image, Cmd: ['none'] });
    try {
      const container = this.docker.getContainer(id);
      const looks = folders.map((folder) => container.infoArchive({ path: `${folder}/${program}` }));
      return await this.call('look into an image', limits.inspect, () =>
        Promise.any(looks).then(
          () => true,
          () => false,
        ),
      );
    } finally {
      await this.remove(id);
    }
  }

  /** Pulls an image; `onProgress` gets lines such as `Downloading [==> ] 12MB/40MB`. */
  async pull(name: string, onProgress: (line: string) => void): Promise<void> {
    const stream = await this.call('pull an image', progressPatience, (abortSignal) =>
      this.docker.pull(withTag(name), { abortSignal }),
    );
    await this.follow(stream, onProgress);
  }

  /** Builds an image from a folder with a Dockerfile. `files` are the names in it. */
  async build(context: {
    readonly folder: string;
    readonly files: readonly string[];
    readonly name: string;
  }): Promise<void> {
    const { folder, files, name } = context;
    const stream = await this.call('build an image', progressPatience, () =>
      this.docker.buildImage({ context: folder, src: [...files] }, { t: name, rm: true, forcerm: true, pull: false }),
    );
    await this.follow(stream, () => undefined);
  }

  private inspect(id: string): Promise<Dockerode.ContainerInspectInfo> {
    return this.call('inspect a container', limits.inspect, (abortSignal) =>
      this.docker.getContainer(id).inspect({ abortSignal }),
    );
  }

  private follow(stream: NodeJS.ReadableStream, onProgress: (line: string) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      let deadline: NodeJS.Timeout | undefined;
      const wait = (): void => {
        clearTimeout(deadline);
        deadline = setTimeout(() => {
          reject(new EngineError(`nothing has moved for ${String(progressPatience / 60_000)} minutes`));
        }, progressPatience).unref();
      };
      const onEvent = (event: ProgressEvent): void => {
        wait();
        const text = (event.stream ?? [event.id, event.status, event.progress].filter(Boolean).join(' ')).trim();
        if (text !== '') onProgress(text);
      };
      const onEnd = (error: Error | null): void => {
        clearTimeout(deadline);
        if (error === null) resolve();
        else reject(toEngineError(error));
      };
      wait();
      this.docker.modem.followProgress(stream, onEnd, onEvent);
    });
  }

  private async call<T>(what: string, limit: number, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    let deadline: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      deadline = setTimeout(() => {
        reject(new EngineError(`it did not answer within ${String(limit / 1000)} s when asked to ${what}`));
        controller.abort();
      }, limit).unref();
    });
    try {
      return await Promise.race([run(controller.signal), late]);
    } catch (error) {
      throw toEngineError(error);
    } finally {
      clearTimeout(deadline);
    }
  }
}

/** A line of what the engine tells during a pull or a build. */
interface ProgressEvent {
  readonly status?: string;
  readonly stream?: string;
  readonly id?: string;
  readonly progress?: string;
}

/** Folders in which an image looks for programs; an image that was imported has no variables at all. */
function searchPath({ Env }: { readonly Env?: readonly string[] | null }): string[] {
  const path = Env?.find((variable) => variable.startsWith('PATH='))?.slice('PATH='.length);
  return (path ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin').split(':');
}
