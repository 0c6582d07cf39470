import type { Clock } from '../../entity/clock.js';
import type { RuntimeBounds, RuntimeOutcome } from '../container.js';
import { AnswerFrameReader } from './answer-frames.js';
import { PendingAnswer } from '../pending-answer.js';
import type { RuntimeProcess } from './runtime-process.js';
import type { RuntimeProxy } from './runtime-proxy.js';

interface NodeProxyDeps {
  readonly process: RuntimeProcess;
  readonly clock: Clock;
  /** Turns the body of `/init` into what the child gets: an archive is unpacked here, not there. */
  readonly prepareInit: (body: string) => Promise<string>;
  /** Told when the child broke the protocol. */
  readonly onViolation: (message: string) => void;
}

/** Requests up to this length are written together with their header as one text. */
const smallBody = 16_384;

/**
 * Passes `/init` and `/run` to our nodejs runner, which keeps the states and texts of the official one (action-interface.md §3.1).
 * Requests are frames `<id> <route> <length>\n<bytes>`, so that several may run at once where the container allows it (§1.8).
 */
export class NodeProxy implements RuntimeProxy {
  readonly gone: Promise<void>;
  private readonly waiting = new Map<number, PendingAnswer>();
  private lastId = 0;

  constructor(private readonly deps: NodeProxyDeps) {
    const { process } = deps;
    this.gone = process.exited;
    const reader = new AnswerFrameReader({
      body: (id, bytes) => this.waiting.get(id)?.append(bytes),
      end: (id, status) => {
        this.finish(id, status);
      },
    });
    process.link.on('data', (chunk: Buffer) => {
      this.guard(() => {
        reader.push(chunk);
      });
    });
    process.link.once('close', () => void this.loseAll());
    void process.exited.then(() => {
      // What it wrote before its end may still lie in the link; a grandchild that holds the link open must not delay the end.
      setImmediate(() => setImmediate(() => void this.loseAll()));
    });
  }

  get processId(): number {
    return this.deps.process.pid;
  }

  send(route: string, body: string, bounds: RuntimeBounds): Promise<RuntimeOutcome> {
    const { process, clock } = this.deps;
    if (process.hasExited || !process.link.writable) return Promise.resolve({ type: 'unreachable' });
    const pending = new PendingAnswer(clock, bounds);
    if (route === '/init') void this.sendInit(body, pending);
    else this.write(route, body, pending);
    return pending.outcome;
  }

  signal(signal: NodeJS.Signals): void {
    this.deps.process.signal(signal);
  }

  end(): Promise<void> {
    return this.deps.process.end();
  }

  private async sendInit(body: string, pending: PendingAnswer): Promise<void> {
    const prepared = await this.deps.prepareInit(body);
    if (this.deps.process.hasExited) pending.settle({ type: 'unreachable' });
    if (!pending.isSettled) this.write('/init', prepared, pending);
  }

  private write(route: string, body: string, pending: PendingAnswer): void {
    const { link } = this.deps.process;
    const id = ++this.lastId;
    this.waiting.set(id, pending);
    // A route that is no plain word cannot be one of ours; the runner refuses it like any unknown one.
    const name = /^[!-~]+$/.test(route) ? route : '/unknown';
    const header = `${String(id)} ${name} ${String(Buffer.byteLength(body))}\n`;
    if (body.length <= smallBody) {
      link.write(header + body);
      return;
    }
    link.cork();
    link.write(header);
    link.write(body);
    link.uncork();
  }

  private finish(id: number, status: number): void {
    const pending = this.waiting.get(id);
    this.waiting.delete(id);
    if (pending === undefined) this.violation('an answer that nobody asked for');
    else pending.complete(status);
  }

  private guard(read: () => void): void {
    try {
      read();
    } catch (error) {
      this.violation(error instanceof Error ? error.message : String(error));
    }
  }

  private violation(detail: string): void {
    this.deps.onViolation(detail);
    void this.deps.process.end();
  }

  /** The process has ended or given up its link: nobody gets an answer any more. */
  private async loseAll(): Promise<void> {
    const { process } = this.deps;
    await process.end();
    // Several requests at once: it is unknown which of them was left unread, so none of them may run a second time.
    const unread = process.leftRequestUnread && this.waiting.size === 1;
    const outcome: RuntimeOutcome = unread
      ? { type: 'unreachable' }
      : { type: 'lost', outOfMemory: process.outOfMemory };
    for (const pending of this.waiting.values()) pending.settle(outcome);
    this.waiting.clear();
  }
}
