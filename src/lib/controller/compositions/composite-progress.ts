import type { Clock } from '../../entity/clock.js';
import type { FinishedActivation } from '../../invoker/invoker.js';
import type { RecordWriter } from '../../invoker/record-writer.js';
import type { ActivationOrder, Outcome } from './activation-order.js';
import { buildComposite } from './composite-record.js';

/** One activation that ended inside a sequence or composition. */
export interface EndedActivation {
  readonly finished: FinishedActivation;
  /** MB that it used at most; absent for a sequence of which nothing ran. */
  readonly memory: number | undefined;
}

/** Adds up what runs in one sequence or composition, and writes its record. */
export class CompositeProgress {
  private readonly start: number;
  private readonly began: number;
  private readonly logs: string[] = [];
  private duration = 0;
  private memory: number | undefined;

  constructor(
    private readonly order: ActivationOrder,
    private readonly deps: { readonly clock: Clock; readonly records: Pick<RecordWriter, 'put'> },
  ) {
    this.start = deps.clock.now();
    this.began = deps.clock.monotonic();
  }

  /** Takes in what ran directly in it; returns how that ended. */
  add({ finished, memory = 0 }: EndedActivation): Outcome {
    const { activationId, duration, statusCode, result, size } = finished;
    this.logs.push(activationId);
    this.duration += duration;
    this.memory = Math.max(this.memory ?? 0, memory);
    return { statusCode, result, ...(size === undefined ? {} : { size }) };
  }

  /** Writes the record; resolves when it is committed (RS-103). */
  async end(outcome: Outcome): Promise<EndedActivation> {
    const { order, start, duration, logs, memory } = this;
    const elapsed = Math.round(this.deps.clock.monotonic() - this.began);
    const { finished, entry } = buildComposite({ order, outcome, start, elapsed, duration, logs, memory });
    await this.deps.records.put(entry);
    return { finished, memory };
  }
}
