import type { Clock } from '../../entity/clock.js';
import type { RuntimeBounds, RuntimeOutcome } from '../container.js';
import { PendingAnswer } from '../pending-answer.js';
import type { RuntimeProcess } from './runtime-process.js';

interface LoopExecutorDeps {
  readonly process: RuntimeProcess;
  readonly clock: Clock;
  /** Told when bytes came that nobody asked for. */
  readonly onViolation: (message: string) => void;
}

/**
 * One process of the action loop: a line in, a line out (action-interface.md §4.1). Bytes that are left over would become the answer of
 * the next request, so they end the process.
 */
export class LoopExecutor {
  readonly process: RuntimeProcess;
  private pending: PendingAnswer | undefined;

  constructor(private readonly deps: LoopExecutorDeps) {
    this.process = deps.process;
    this.process.link.on('data', (chunk: Buffer) => {
      this.receive(chunk);
    });
    this.process.link.once('close', () => void this.lose());
    void this.process.exited.then(() => {
      // An answer that it wrote before its end may still lie in the link.
      setImmediate(() => setImmediate(() => void this.lose()));
    });
  }

  /** Whether a request waits for its answer. */
  get isBusy(): boolean {
    return this.pending !== undefined;
  }

  /** Sends one line and waits for one; the body of the answer ends with the line feed. */
  exchange(line: string, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    const { process } = this.deps;
    if (process.hasExited || !process.requests.writable) return Promise.resolve({ type: 'unreachable' });
    const answer = this.expectLine(bounds);
    process.requests.write(`${line.replaceAll('\n', '')}\n`);
    return answer;
  }

  /** Waits for a line without asking for it: the acknowledgement of a program that starts. */
  expectLine(bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    const pending = new PendingAnswer(this.deps.clock, bounds);
    this.pending = pending;
    if (this.deps.process.hasExited) void this.lose();
    return pending.outcome;
  }

  private receive(chunk: Buffer): void {
    const pending = this.pending;
    const end = chunk.indexOf(10);
    if (pending !== undefined) pending.append(end === -1 ? chunk : chunk.subarray(0, end));
    if (pending !== undefined && end === -1) return;
    this.pending = undefined;
    pending?.complete(200, '\n');
    if (pending !== undefined && end === chunk.length - 1) return;
    this.deps.onViolation('more than one line for one request');
    void this.process.end();
  }

  private async lose(): Promise<void> {
    await this.process.end();
    const { leftRequestUnread, outOfMemory } = this.process;
    this.pending?.settle(leftRequestUnread ? { type: 'unreachable' } : { type: 'lost', outOfMemory });
    this.pending = undefined;
  }
}
