import { rmSync } from 'node:fs';
import { AutoStop } from './auto-stop.js';
import { answerControl, type ControlTarget } from './control-api.js';
import { type Foundation, layFoundation } from './foundation.js';
import { type PlatformOptions, shownOptions } from './launcher/platform-options.js';
import { Lifetime } from './lifetime.js';
import { closeServer, listenBeside, listenOnSocket } from './listeners.js';
import type { PlatformSurroundings } from './platform-surroundings.js';
import { engineStatus, platformStatus } from './platform-status.js';
import { type PreparedStore, prepareStore } from './prepared-store.js';
import { identify } from './process-identity.js';
import { urlOf } from './reserved-address.js';
import { buildService, type Service } from './service.js';
import { platformProtocol, type PlatformState, writePlatformState } from './state-file.js';
import { countPresentKinds, countUsableKinds, probeKinds } from './usable-kinds.js';

/** A running platform. */
export interface Platform {
  readonly url: string;
  readonly socketPath: string;
  readonly instanceId: string;
  /** What clients find in the state file. */
  readonly state: PlatformState;
  /** Refuses new work, gives running activations `timeout` ms, and leaves nothing behind (RS-145). Idempotent. */
  stop(timeout: number): Promise<void>;
  /** Whether no activation runs or waits. */
  readonly idle: boolean;
  /** Resolves when it has stopped, whoever wanted it. */
  readonly stopped: Promise<void>;
}

/** Milliseconds that running activations get when the platform stops for lack of use: there are none. */
const autoStopTimeout = 1_000;

/**
 * Starts the platform of an RT_HOME: the composition root of the server side, in the order of RS-122. Throws PlatformLocked, PlatformError or
 * ConfigError, and then leaves nothing behind.
 */
export async function startPlatform(options: PlatformOptions, around: PlatformSurroundings): Promise<Platform> {
  const lifetime = new Lifetime(around);
  try {
    const platform = new StartingPlatform(options, around, lifetime);
    return await platform.start();
  } catch (error) {
    await lifetime.end();
    throw error;
  }
}

/** The name of this machine in containers that do not share a network with it. */
const hostName = 'host.docker.internal';

/** What the control socket tells about. */
interface ControlParts {
  readonly state: PlatformState;
  readonly prepared: PreparedStore;
  readonly foundation: Foundation;
  readonly service: Service;
}

/**
 * Milliseconds after the start at which the HTTP framework is loaded, unless a request needs it before: it would hold up the invocation for
 * which the platform was started (P-10), and comes before the code cache is saved.
 */
const quietAfter = 1_000;

/** The steps of a start, and what they have in common. */
class StartingPlatform {
  private ready = true;
  /** How actions in containers reach the API, where that differs. */
  private containerUrl: string | undefined;
  private stopping: Promise<void> | undefined;
  private resolveStopped: () => void = () => undefined;
  private readonly stopped = new Promise<void>((resolve) => {
    this.resolveStopped = resolve;
  });

  constructor(
    private readonly options: PlatformOptions,
    private readonly around: PlatformSurroundings,
    private readonly lifetime: Lifetime,
  ) {}

  async start(): Promise<Platform> {
    const { options, around, lifetime } = this;
    const foundation = await layFoundation(options, around, lifetime);
    // Tried by a shell, which runs beside the rest of the start; `describe` waits for the answer.
    void foundation.begun.then(() => foundation.driver.isolation());
    const prepared = await prepareStore(options, around, lifetime);
    await this.removeLeftovers(foundation, prepared);
    const service = await buildService({
      ...{ options, around, foundation, lifetime, store: prepared.store },
      containerUrl: () => this.containerUrl ?? foundation.address.url,
      ready: () => this.ready,
    });
    await this.listen(service, foundation);
    await this.listenForContainers(service, foundation);
    const state = await this.describe(prepared, foundation);
    await this.openControl({ state, prepared, foundation, service });
    writePlatformState(around.paths, state);
    lifetime.onEnd('remove the state file', () => {
      rmSync(around.paths.state, { force: true });
    });
    service.invoker.prewarm();
    await service.alarms.start();
    around.clock.after(quietAfter, () => void service.api.load());
    around.log.info('platform', `ready at ${state.url} with ${JSON.stringify(state.options)}`);
    return {
      ...{ url: state.url, socketPath: state.socket, instanceId: state.instanceId, state, stopped: this.stopped },
      get idle() {
        return service.invoker.inFlight === 0;
      },
      stop: (timeout) => this.stop(service, timeout),
    };
  }

  private async removeLeftovers({ crashed, driver }: Foundation, { store }: PreparedStore): Promise<void> {
    if (!crashed && !store.unclean) return;
    const count = await driver.removeLeftovers();
    this.around.log.warn('platform', `the platform before this one died; ${String(count)} of its processes were left`);
  }

  private async listen({ api: { server } }: Service, { address }: Foundation): Promise<void> {
    await address.handOver(server);
    this.lifetime.onEnd('close the API', () => closeServer(server));
  }

  /** Actions in containers call the API too: on the address of this machine in their network, never on all addresses (RS-247). */
  private async listenForContainers({ api }: Service, { engine, address }: Foundation): Promise<void> {
    if (engine === undefined) return;
    const { port } = new URL(address.url);
    const gateway = await engine.gateway();
    if (gateway === undefined) {
      this.containerUrl = urlOf(hostName, Number(port));
      return;
    }
    const beside = await listenBeside(gateway, Number(port), api.respond);
    this.lifetime.onEnd('close the API for containers', () => closeServer(beside.server));
    this.containerUrl = beside.url;
  }

  private async describe(
    { guest, dataDir, firstUse }: PreparedStore,
    { manifest, driver, engine, driverNote, address }: Foundation,
  ): Promise<PlatformState> {
    const { paths, pid, random, version, clock } = this.around;
    return {
      pid,
      startTime: identify(pid)?.startTime ?? '',
      instanceId: random.hex(16),
      version,
      protocol: platformProtocol,
      url: address.url,
      socket: paths.socket,
      auth: `${guest.uuid}:${guest.key}`,
      namespace: guest.namespace,
      driver: driver.driver,
      kinds:
        engine === undefined ? await countUsableKinds(manifest, driver) : await countPresentKinds(manifest, driver),
      isolation: await driver.isolation(),
      ...(dataDir === undefined ? {} : { dataDir }),
      started: clock.now(),
      options: shownOptions(this.options),
      firstUse,
      ...(driverNote === undefined ? {} : { driverNote }),
    };
  }

  private async openControl({ state, prepared, foundation, service }: ControlParts): Promise<void> {
    const { options, around, lifetime } = this;
    const { clock, paths } = around;
    const { invoker, api, alarms } = service;
    const autoStop = new AutoStop({
      clock,
      after: options.autoStop,
      isBusy: () => invoker.inFlight > 0 || alarms.isWaiting,
      stop: () => void this.stop(service, autoStopTimeout),
    });
    lifetime.onEnd('end the watch for use', () => {
      autoStop.dispose();
    });
    api.server.on('request', () => {
      autoStop.used();
    });
    const ready = (): boolean => this.ready;
    const sources = {
      state,
      store: prepared.store,
      invoker,
      clock,
      pool: options.pool,
      limits: options.limits,
      ready,
      ownMemory: around.ownMemory,
    };
    const target: ControlTarget = {
      state,
      status: async () => ({ ...platformStatus(sources), ...(await engineStatus(foundation.engine)) }),
      containers: () => invoker.containers(),
      kinds: () => probeKinds(foundation.manifest, foundation.driver),
      beginStop: (timeout) => void this.stop(service, timeout),
    };
    const control = await listenOnSocket(paths.socket, (request, response) => {
      if (answerControl(target, request, response)) return;
      autoStop.used();
      api.respond(request, response);
    });
    lifetime.onEnd('close the control socket', () => closeServer(control));
  }

  private stop(service: Service, timeout: number): Promise<void> {
    this.stopping ??= this.end(service, timeout);
    return this.stopping;
  }

  private async end({ invoker, alarms }: Service, timeout: number): Promise<void> {
    this.ready = false;
    this.around.log.info('platform', `stopping; running activations get ${String(timeout)} ms`);
    await alarms.stop();
    await invoker.drain(timeout);
    await this.lifetime.end();
    this.around.log.info('platform', 'stopped');
    this.resolveStopped();
  }
}
