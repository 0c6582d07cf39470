import type { ContainerRequest } from '../containers/container-factory.js';
import type { CollectedLogs, Container, RuntimeOutcome } from '../containers/container.js';
import { logEntry, logTime } from '../containers/log-entry.js';
import type { Clock } from '../entity/clock.js';
import { stringifyJson } from '../entity/json.js';
import { maxPayloadBytes } from '../entity/limits.js';
import type { Log } from '../entity/log.js';
import { type ActivationFacts, platformStopped } from './activation-builder.js';
import type { ActivationMessage } from './activation-message.js';
import type { Company } from './container-company.js';
import type { ContainerBinding, InitVerdict, PoolJob, RunVerdict } from './pool-job.js';
import { type ActivationOutcome, failure, initFailure, invokerFailure, runOutcome } from './result-mapping.js';
import { initRequest, runRequest } from './runtime-requests.js';

/** Containers that are tried for one activation before it counts as lost (RS-131). */
const maxTries = 3;

/** Stands in place of the logs of activations that overlapped in one container: nobody can tell whose line is whose (§1.8). */
const sharedLogsText = 'Logs are not collected while several activations share a container.';

const bytesPerMegabyte = 1_048_576;

/** Collaborators of one job. */
export interface JobDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Takes the finished activation; called exactly once. */
  readonly finish: (facts: ActivationFacts) => void;
  /** Whether the platform ends what runs: a lost runtime is then not the action's fault (RS-145). */
  readonly isStopping: () => boolean;
}

/** How the pool has to treat a job. */
export interface JobPlacement {
  readonly binding: ContainerBinding;
  readonly request: ContainerRequest;
  readonly slots: number;
}

interface Answered {
  readonly outcome: RuntimeOutcome;
  /** Milliseconds. */
  readonly elapsed: number;
}

/** One activation on its way through a container: the two requests, their meaning, the logs, the facts of the record. */
export class ActivationJob implements PoolJob {
  readonly binding: ContainerBinding;
  readonly request: ContainerRequest;
  readonly slots: number;
  private readonly arrived: number;
  /** Milliseconds from the request until the invoker had it, as the wall clock says. */
  private readonly underway: number;
  private content: string | undefined;
  private tries = 0;
  private waitTime = 0;
  private initTime: number | undefined;

  constructor(
    private readonly message: ActivationMessage,
    placement: JobPlacement,
    private readonly deps: JobDeps,
  ) {
    this.binding = placement.binding;
    this.request = placement.request;
    this.slots = placement.slots;
    this.arrived = deps.clock.monotonic();
    this.underway = Math.max(0, deps.clock.now() - message.received);
  }

  get bytes(): number {
    return Buffer.byteLength(this.argumentsText());
  }

  async initialize(container: Container): Promise<InitVerdict> {
    try {
      return await this.tryToInitialize(container);
    } catch (error) {
      const outcome = this.unexpected(error);
      this.finish(outcome, this.deps.clock.now(), 0);
      return { failed: outcome };
    }
  }

  async run(container: Container, company: Company): Promise<RunVerdict> {
    try {
      return await this.tryToRun(container, company);
    } catch (error) {
      this.finish(this.unexpected(error), this.deps.clock.now(), 0);
      return 'spent';
    }
  }

  end(outcome: ActivationOutcome): void {
    this.waitTime = this.waited();
    this.finish(outcome, this.deps.clock.now(), 0);
  }

  abandon(): void {
    this.end(platformStopped('queued'));
  }

  private async tryToInitialize(container: Container): Promise<InitVerdict> {
    const code = await this.readCode();
    if (typeof code === 'object') {
      this.end(code);
      return { failed: code };
    }
    const limit = this.message.executable.action.limits.timeout;
    const start = this.deps.clock.now();
    this.waitTime = this.waited();
    const { outcome, elapsed } = await this.send(container, '/init', initRequest(this.message, code, start + limit));
    if (this.shouldMove(outcome)) return 'move';
    this.initTime = Math.round(elapsed);
    if (outcome.type === 'answer' && outcome.status === 200) return 'ready';
    const failed = this.stopped(outcome) ?? initFailure(outcome, { elapsed, limit });
    const logs = await this.collectLogs(container, failed);
    this.finish(failed, start, 0, logs.lines);
    return { failed };
  }

  private async tryToRun(container: Container, company: Company): Promise<RunVerdict> {
    const limit = this.message.executable.action.limits.timeout;
    const start = this.deps.clock.now();
    if (this.initTime === undefined) this.waitTime = this.waited();
    const body = runRequest(this.message, this.argumentsText(), start + limit);
    const { outcome, elapsed } = await this.send(container, '/run', body);
    // A runtime that this job has just initialized and that is gone was ended by the action: another one would not help.
    const endedItself = this.initTime !== undefined && outcome.type === 'unreachable';
    if (!endedItself && this.shouldMove(outcome)) return 'move';
    const ended = this.stopped(outcome) ?? runOutcome(outcome, { elapsed, limit });
    const logs = await this.ownLogs(container, ended, company);
    this.finish(ended, start - (this.initTime ?? 0), Math.round(elapsed), logs.lines);
    return ended.statusCode < 2 && logs.complete && !logs.truncated ? 'reusable' : 'spent';
  }

  private async send(container: Container, route: string, body: string): Promise<Answered> {
    const begun = this.deps.clock.monotonic();
    const timeout = this.message.executable.action.limits.timeout;
    const outcome = await container.send(route, body, { timeout, responseLimit: maxPayloadBytes });
    return { outcome, elapsed: this.deps.clock.monotonic() - begun };
  }

  /** Nothing ran (AI-311), or the runtime shuts down (503): the job goes to another container, at most three in all. */
  private shouldMove(outcome: RuntimeOutcome): boolean {
    const refused = outcome.type === 'unreachable' || (outcome.type === 'answer' && outcome.status === 503);
    if (!refused) return false;
    this.tries += 1;
    if (this.tries >= maxTries) return false;
    this.initTime = undefined;
    return true;
  }

  private stopped(outcome: RuntimeOutcome): ActivationOutcome | undefined {
    return outcome.type === 'lost' && this.deps.isStopping() ? platformStopped('running') : undefined;
  }

  /** The code; an outcome when it cannot be had (action-interface.md §1.6, last table). */
  private async readCode(): Promise<string | undefined | ActivationOutcome> {
    try {
      const code = await this.message.executable.code();
      const needed = this.message.executable.action.exec.kind !== 'blackbox';
      if (code === undefined && needed) return failure(1, 'Action could not be found or may have been deleted.');
      return code;
    } catch (error) {
      this.deps.log.error('invoker', `the code of ${this.binding.action} could not be read`, error);
      return failure(3, 'Action could not be fetched.');
    }
  }

  /** The logs, unless another activation wrote into them; the last of several throws away what all of them have left. */
  private async ownLogs(container: Container, outcome: ActivationOutcome, company: Company): Promise<CollectedLogs> {
    const isLast = company.answered();
    if (company.isAlone()) {
      const logs = await this.collectLogs(container, outcome);
      if (company.isAlone()) return logs;
    } else if (isLast) {
      // As after a developer error nobody knows whether an end mark will come.
      await this.tryToCollect(container, { limit: 0, developerError: true });
    }
    const time = logTime(this.deps.clock.now());
    const lines = this.logLimit === 0 ? [] : [logEntry(time, 'stderr', sharedLogsText)];
    return { lines, truncated: false, complete: true };
  }

  private collectLogs(container: Container, { statusCode }: ActivationOutcome): Promise<CollectedLogs> {
    return this.tryToCollect(container, { limit: this.logLimit, developerError: statusCode === 2 });
  }

  private async tryToCollect(
    container: Container,
    options: Parameters<Container['collectLogs']>[0],
  ): Promise<CollectedLogs> {
    try {
      return await container.collectLogs(options);
    } catch (error) {
      this.deps.log.error('invoker', `the logs of activation ${this.message.activationId} are lost`, error);
      return { lines: [], truncated: false, complete: false };
    }
  }

  /** Bytes. */
  private get logLimit(): number {
    return this.message.executable.action.limits.logs * bytesPerMegabyte;
  }

  private finish(outcome: ActivationOutcome, start: number, runTime: number, logs: readonly string[] = []): void {
    const { initTime } = this;
    this.deps.finish({
      message: this.message,
      outcome,
      start,
      duration: (initTime ?? 0) + runTime,
      waitTime: this.waitTime,
      ...(initTime === undefined ? {} : { initTime }),
      logs,
    });
  }

  private unexpected(error: unknown): ActivationOutcome {
    this.deps.log.error('invoker', `activation ${this.message.activationId} failed unexpectedly`, error);
    return invokerFailure();
  }

  /** Whole milliseconds since the request. */
  private waited(): number {
    return Math.round(this.underway + this.deps.clock.monotonic() - this.arrived);
  }

  /** The arguments as JSON text, written once. */
  private argumentsText(): string {
    this.content ??= stringifyJson(this.message.content);
    return this.content;
  }
}
