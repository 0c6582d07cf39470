import type {
  ContainerFactory,
  ContainerRequest,
  KindAvailability,
} from '../../src/lib/containers/container-factory.js';
import type { CollectedLogs, Container, RuntimeBounds, RuntimeOutcome } from '../../src/lib/containers/container.js';

/** A request to a runtime as the fake received it. */
export interface SentRequest {
  readonly route: string;
  readonly body: string;
  readonly bounds: RuntimeBounds;
  readonly container: FakeContainer;
}

/** What a runtime does with a request. */
type Reply = (request: SentRequest) => RuntimeOutcome | Promise<RuntimeOutcome>;

/** What all containers of a fake factory do; a test changes the members that it is about. */
export interface ContainerScript {
  init: Reply;
  run: Reply;
  create: (request: ContainerRequest) => void | Promise<void>;
  collectLogs: (options: { readonly limit: number; readonly developerError: boolean }) => CollectedLogs;
  pause: () => void | Promise<void>;
  resume: () => void | Promise<void>;
  destroy: () => void | Promise<void>;
}

/** A 200 with this text. */
export function answer(body: string, status = 200): RuntimeOutcome {
  return { type: 'answer', status, body };
}

/** A container that does what its script says, and knows what was asked of it. */
export class FakeContainer implements Container {
  readonly kind: string;
  readonly memory: number;
  readonly driverId: string;
  readonly gone: Promise<void>;
  readonly requests: SentRequest[] = [];
  readonly steps: string[] = [];
  isAlive = true;
  isDestroyed = false;
  private end: () => void = () => undefined;
  private readonly lost: (() => void)[] = [];

  constructor(
    readonly id: string,
    readonly request: ContainerRequest,
    private readonly script: ContainerScript,
  ) {
    this.kind = request.kind;
    this.memory = request.memory;
    this.driverId = `fake ${id}`;
    this.gone = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  async send(route: string, body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    if (!this.isAlive) return { type: 'unreachable' };
    const request: SentRequest = { route, body, bounds, container: this };
    this.requests.push(request);
    const lost = new Promise<RuntimeOutcome>((resolve) => {
      this.lost.push(() => {
        resolve({ type: 'lost', outOfMemory: false });
      });
    });
    const reply = route === '/init' ? this.script.init : this.script.run;
    return Promise.race([lost, Promise.resolve(reply(request))]);
  }

  collectLogs(options: { readonly limit: number; readonly developerError: boolean }): Promise<CollectedLogs> {
    return Promise.resolve(this.script.collectLogs(options));
  }

  async pause(): Promise<void> {
    this.steps.push('pause');
    await this.script.pause();
  }

  async resume(): Promise<void> {
    this.steps.push('resume');
    await this.script.resume();
  }

  async destroy(): Promise<void> {
    if (this.isDestroyed) return;
    this.steps.push('destroy');
    this.die();
    await this.script.destroy();
    this.isDestroyed = true;
  }

  /** Ends as if it was killed behind the invoker's back; `quietly` without anybody noticing. */
  die(quietly = false): void {
    this.isAlive = false;
    for (const lose of this.lost.splice(0)) lose();
    if (!quietly) this.end();
  }
}

/** Creates scripted containers: the second driver that shows that the invoker knows nothing of the first. */
export class FakeContainerFactory implements ContainerFactory {
  readonly driver = 'fake';
  readonly containers: FakeContainer[] = [];
  readonly requests: ContainerRequest[] = [];
  /** MB of all containers that were asked for and are not destroyed, and the most that ever were at a time. */
  memory = 0;
  mostMemory = 0;
  readonly script: ContainerScript = {
    init: () => answer('{"OK":true}'),
    run: () => answer('{}'),
    create: () => undefined,
    collectLogs: () => ({ lines: [], truncated: false, complete: true }),
    pause: () => undefined,
    resume: () => undefined,
    destroy: () => undefined,
  };

  async create(request: ContainerRequest): Promise<Container> {
    const id = String(this.requests.push(request));
    this.account(request.memory);
    try {
      await this.script.create(request);
    } catch (error) {
      this.account(-request.memory);
      throw error;
    }
    const container = new FakeContainer(id, request, {
      // Looked up late, so that a test can change the script of containers that exist already.
      create: this.script.create,
      pause: () => this.script.pause(),
      resume: () => this.script.resume(),
      init: (sent) => this.script.init(sent),
      run: (sent) => this.script.run(sent),
      collectLogs: (options) => this.script.collectLogs(options),
      destroy: async () => {
        await this.script.destroy();
        this.account(-request.memory);
      },
    });
    this.containers.push(container);
    return container;
  }

  availability(): Promise<KindAvailability> {
    return Promise.resolve({ available: true, detail: 'fake' });
  }

  async dispose(): Promise<void> {
    for (const container of this.containers) if (!container.isDestroyed) await container.destroy();
  }

  /** Containers that have not been destroyed. */
  get living(): FakeContainer[] {
    return this.containers.filter((container) => !container.isDestroyed);
  }

  private account(memory: number): void {
    this.memory += memory;
    this.mostMemory = Math.max(this.mostMemory, this.memory);
  }
}
