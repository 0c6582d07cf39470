import { StringDecoder } from 'node:string_decoder';
import type { Clock } from '../entity/clock.js';
import type { RuntimeBounds, RuntimeOutcome } from './container.js';

/** One request that waits for its answer. It keeps the body up to the limit, counts the rest, and ends at the time limit. */
export class PendingAnswer {
  readonly outcome: Promise<RuntimeOutcome>;
  private resolve: (outcome: RuntimeOutcome) => void = () => undefined;
  private readonly cancelTimer: () => void;
  private readonly chunks: Buffer[] = [];
  private kept = 0;
  private length = 0;
  private settled = false;

  constructor(
    clock: Clock,
    private readonly bounds: RuntimeBounds,
  ) {
    this.outcome = new Promise((resolve) => {
      this.resolve = resolve;
    });
    this.cancelTimer = clock.after(bounds.timeout, () => {
      this.settle({ type: 'timeout' });
    });
  }

  /** True when nobody waits any more, for example after the time limit. */
  get isSettled(): boolean {
    return this.settled;
  }

  /** Takes the next bytes of the body. */
  append(bytes: Buffer): void {
    this.length += bytes.length;
    const room = this.bounds.responseLimit - this.kept;
    if (room <= 0 || this.settled) return;
    const part = bytes.length > room ? bytes.subarray(0, room) : bytes;
    this.kept += part.length;
    this.chunks.push(part);
  }

  /** Ends with what was appended as the body; `ending` is a line feed that the limit does not count. */
  complete(status: number, ending = ''): void {
    if (this.length > this.bounds.responseLimit) {
      this.settle({ type: 'answer', status, body: this.cutText(), cutFrom: this.length });
    } else {
      this.settle({ type: 'answer', status, body: this.text() + ending });
    }
  }

  settle(outcome: RuntimeOutcome): void {
    if (this.settled) return;
    this.settled = true;
    this.cancelTimer();
    this.resolve(outcome);
  }

  private text(): string {
    const [first, ...others] = this.chunks;
    if (first === undefined) return '';
    return others.length === 0 ? first.toString('utf8') : Buffer.concat(this.chunks).toString('utf8');
  }

  /** The kept bytes without a character that the limit has split. */
  private cutText(): string {
    return new StringDecoder('utf8').write(Buffer.concat(this.chunks));
  }
}
