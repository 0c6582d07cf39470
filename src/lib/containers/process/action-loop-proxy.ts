import type { Clock } from '../../entity/clock.js';
import { isJsonObject } from '../../entity/json.js';
import type { RuntimeBounds, RuntimeOutcome } from '../container.js';
import type { LogStream } from '../log-framing.js';
import { parseInitRequest, type InitRequest } from './init-request.js';
import { LoadFailure, loadTexts } from './load-failure.js';
import { LoopExecutor } from './loop-executor.js';
import type { LoadedLoop, LoopHost } from './loop-host.js';
import { PendingAnswer } from '../pending-answer.js';
import { hasSettled } from './process-settled.js';
import type { RuntimeProcess } from './runtime-process.js';
import { refusal, type RuntimeProxy } from './runtime-proxy.js';

interface ActionLoopProxyDeps {
  readonly clock: Clock;
  readonly host: LoopHost;
  /** A launcher that is waiting for its action already. */
  readonly stemCell: RuntimeProcess | undefined;
  /** Adds a line to the logs of the activation. */
  readonly note: (stream: LogStream, text: string) => void;
  /** Told when the child broke the protocol. */
  readonly onViolation: (message: string) => void;
}

/**
 * The action-loop proxy of the images of python and most other languages: states, statuses and texts of action-interface.md §1.4, §1.5 and
 * §4.1. What differs between languages is the host's.
 */
export class ActionLoopProxy implements RuntimeProxy {
  readonly gone: Promise<void>;
  private resolveGone: () => void = () => undefined;
  private stemCell: LoopExecutor | undefined;
  private executor: LoopExecutor | undefined;
  private state: 'empty' | 'loading' | 'initialized' | 'ended' = 'empty';

  constructor(private readonly deps: ActionLoopProxyDeps) {
    this.gone = new Promise((resolve) => {
      this.resolveGone = resolve;
    });
    if (deps.stemCell !== undefined) this.stemCell = this.adopt(deps.stemCell);
  }

  get processId(): number | undefined {
    return (this.executor ?? this.stemCell)?.process.pid;
  }

  send(route: string, body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    if (this.state === 'ended') return Promise.resolve({ type: 'unreachable' });
    if (route === '/run') return this.run(body, bounds);
    if (route !== '/init') return Promise.resolve({ type: 'answer', status: 200, body: '' });
    const pending = new PendingAnswer(this.deps.clock, bounds);
    void this.init(body, bounds).then((outcome) => {
      pending.settle(outcome);
    });
    return pending.outcome;
  }

  signal(signal: NodeJS.Signals): void {
    (this.executor ?? this.stemCell)?.process.signal(signal);
  }

  async end(): Promise<void> {
    this.state = 'ended';
    await Promise.all([this.executor?.process.end(), this.stemCell?.process.end()]);
    this.resolveGone();
  }

  private async run(body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    if (this.executor === undefined) return refusal(500, 'no action defined yet');
    const outcome = await this.executor.exchange(body, bounds);
    if (outcome.type === 'lost') {
      this.executor = undefined;
      return outcome.outOfMemory ? outcome : refusal(400, 'command exited');
    }
    if (outcome.type === 'unreachable') await this.end();
    if (outcome.type !== 'answer' || outcome.cutFrom !== undefined || isMapOrList(outcome.body)) return outcome;
    return refusal(502, 'The action did not return a dictionary or array.');
  }

  private async init(body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    if (this.state !== 'empty') {
      const text = 'Cannot initialize the action more than once.';
      this.deps.note('stderr', text);
      return refusal(403, text);
    }
    const request = parseInitRequest(body);
    if ('status' in request) return refusal(request.status, request.text);
    this.state = 'loading';
    const outcome = await this.load(request, bounds);
    this.settleState();
    return outcome;
  }

  /** After a failed init another one is accepted; nothing is after the end. */
  private settleState(): void {
    if (this.state !== 'ended') this.state = this.executor === undefined ? 'empty' : 'initialized';
  }

  private async load(request: InitRequest, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    try {
      const loop = await this.deps.host.load(request, this.stemCell?.process);
      return await this.begin(loop, bounds);
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error));
      const note = failure instanceof LoadFailure ? failure.note : failure.message;
      if (note !== undefined) this.deps.note('stderr', note);
      return refusal(502, failure.message);
    }
  }

  /** Makes a started process the one that runs the action. Rejects with LoadFailure when it does not get ready. */
  private async begin(loop: LoadedLoop, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    const executor = this.stemCell?.process === loop.process ? this.stemCell : this.adopt(loop.process);
    this.stemCell = executor;
    if (this.state === 'ended') await executor.process.end();
    const { initErrors } = this.deps.host;
    const ready = await this.getReady(executor, loop, bounds);
    if (ready.type === 'unreachable' || ready.type === 'timeout') return ready;
    this.stemCell = undefined;
    const killed = ready.type === 'lost' && ready.outOfMemory;
    const failure = ready.type === 'answer' ? readAck(ready.body, initErrors) : loadTexts.exited(initErrors);
    if (failure === undefined) {
      this.executor = executor;
      return { type: 'answer', status: 200, body: '{"ok":true}\n' };
    }
    await executor.process.end();
    if (killed) return ready;
    throw failure;
  }

  private async getReady(
    executor: LoopExecutor,
    { greeting, acknowledges }: LoadedLoop,
    bounds: RuntimeBounds,
  ): Promise<RuntimeOutcome> {
    if (greeting !== undefined) return executor.exchange(greeting, bounds);
    if (acknowledges) return executor.expectLine(bounds);
    if (await hasSettled(executor.process, this.deps.clock))
      return { type: 'answer', status: 200, body: '{"ok":true}' };
    return { type: 'lost', outOfMemory: executor.process.outOfMemory };
  }

  private adopt(process: RuntimeProcess): LoopExecutor {
    const { clock, onViolation } = this.deps;
    const executor = new LoopExecutor({ process, clock, onViolation });
    void process.exited.then(() => {
      // Died while idle: it will never be given work (RS-131). While a request is open the proxy itself still answers.
      if (this.state === 'loading' || executor.isBusy) return;
      if (executor === this.stemCell || executor === this.executor) void this.end();
    });
    return executor;
  }
}

/** Judges the line that a process writes when it is ready (action-interface.md §4.1); undefined when all is well. */
function readAck(line: string, style: LoopHost['initErrors']): LoadFailure | undefined {
  let ack: unknown;
  try {
    ack = JSON.parse(line);
  } catch {
    return loadTexts.badStart(style, unreadable(line.trim()));
  }
  if (isJsonObject(ack) && ack.ok === true) return undefined;
  // Only our launchers say that: the source was refused before it ran, and why.
  if (isJsonObject(ack) && ack.check === true)
    return loadTexts.refused(style, typeof ack.text === 'string' ? ack.text : '');
  return loadTexts.badStart(style, 'The action did not initialize properly.');
}

/** What Go's parser says of a line that is no JSON. */
function unreadable(line: string): string {
  if (line === '') return 'unexpected end of JSON input';
  return `invalid character '${line.slice(0, 1)}' looking for beginning of value`;
}

/** Whether Go would unmarshal the text into a map or a list: an object, an array, or null. */
function isMapOrList(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
