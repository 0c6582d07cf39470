import type { Clock } from '../../entity/clock.js';
import { isJsonObject } from '../../entity/json.js';
import type { RuntimeBounds, RuntimeOutcome } from '../container.js';
import type { LogStream } from '../log-framing.js';
import { parseInitRequest, type InitRequest } from './init-request.js';
import { LoopExecutor } from './loop-executor.js';
import { PendingAnswer } from '../pending-answer.js';
import type { RuntimeProcess } from './runtime-process.js';
import { refusal, type RuntimeProxy } from './runtime-proxy.js';

interface ActionLoopProxyDeps {
  readonly clock: Clock;
  /** A launcher that is waiting for its action already. */
  readonly stemCell: RuntimeProcess | undefined;
  /** Starts another launcher. */
  readonly start: () => Promise<RuntimeProcess>;
  /** Lays out the code in a folder of its own and returns it; rejects with a text for the user. */
  readonly layOut: (request: InitRequest) => Promise<string>;
  /** Adds a line to the logs of the activation. */
  readonly note: (stream: LogStream, text: string) => void;
  /** Told when the child broke the protocol. */
  readonly onViolation: (message: string) => void;
}

const buildFailure = 'The action failed to generate or locate a binary. See logs for details.';
const startFailure = 'Cannot start action. Check logs for details.';

/**
 * The action-loop proxy of the images of python and most other languages, with acknowledgement and logged init errors: states, statuses
 * and texts of action-interface.md §1.4, §1.5 and §4.1.
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
      return refusal(400, 'command exited');
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
    let folder: string;
    let executor: LoopExecutor;
    try {
      folder = await this.deps.layOut(request);
      executor = this.stemCell ?? this.adopt(await this.deps.start());
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.deps.note('stderr', text);
      return refusal(502, text);
    }
    this.stemCell = executor;
    const init = { main: request.main, folder, env: request.environment };
    const ack = await executor.exchange(JSON.stringify(init), bounds);
    if (ack.type === 'unreachable' || ack.type === 'timeout') return ack;
    this.stemCell = undefined;
    const failure = ack.type === 'answer' ? readAck(ack.body) : abruptExit;
    if (failure === undefined) {
      this.executor = executor;
      return { type: 'answer', status: 200, body: '{"ok":true}\n' };
    }
    if (failure.note !== undefined) this.deps.note('stderr', failure.note);
    await executor.process.end();
    return refusal(502, failure.text);
  }

  private adopt(process: RuntimeProcess): LoopExecutor {
    const { clock, onViolation } = this.deps;
    const executor = new LoopExecutor({ process, clock, onViolation });
    void process.exited.then(() => {
      // Died while idle: it will never be given work (RS-131). While a request is open the proxy itself still answers.
      if (!executor.isBusy && (executor === this.stemCell || executor === this.executor)) void this.end();
    });
    return executor;
  }
}

interface LoadFailure {
  readonly text: string;
  /** What the logs say besides the launcher's own output. */
  readonly note?: string;
}

const abruptExit: LoadFailure = { text: startFailure, note: 'Command exited abruptly during initialization.' };

/** Judges the line that a launcher writes when it is ready (action-interface.md §4.1); undefined when all is well. */
function readAck(line: string): LoadFailure | undefined {
  let ack: unknown;
  try {
    ack = JSON.parse(line);
  } catch (error) {
    return { text: startFailure, note: error instanceof Error ? error.message : String(error) };
  }
  if (isJsonObject(ack) && ack.ok === true) return undefined;
  if (isJsonObject(ack) && ack.check === true) return { text: buildFailure };
  return { text: startFailure, note: 'The action did not initialize properly.' };
}

/** Whether Go would unmarshal the text into a map or a list: an object, an array, or null. */
function isMapOrList(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
