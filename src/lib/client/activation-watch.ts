import type { Clock } from '../entity/clock.js';
import { isJsonObject, parseJson } from '../entity/json.js';
import { HttpError, NetworkError } from '../errors/client-errors.js';
import { ActivationWindow } from './activation-window.js';
import type { ActivationFilter, ActivationsClient } from './activations-client.js';
import { newestActivations } from './find-activation.js';
import { inParallel } from './in-parallel.js';
import { LateLogs } from './late-logs.js';
import { type ListRecord, textOf } from './list-records.js';
import { pause } from './pause.js';

/** Requests for records at a time. */
const lanes = 8;

/** Longest pause after failures, in milliseconds, unless the interval itself is longer. */
const longestPause = 30_000;

/** What is watched, and how. */
export interface WatchOptions {
  /** With `since` everything from then on is given, without it what ends from now on. */
  readonly filter: ActivationFilter;
  /** Which activations count, by their summaries. */
  readonly keep: (summary: ListRecord) => boolean;
  /** Of the activations that exist already, so many of the newest are given first. Not with `since`. */
  readonly initial: number;
  /** Milliseconds between two looks. */
  readonly interval: number;
  /** Milliseconds after which the watch ends; absent: only the signal ends it. */
  readonly duration?: number | undefined;
}

/** What the watch works with. */
export interface WatchDeps {
  readonly activations: ActivationsClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether the platform may add log lines to a record that it has written already. */
  readonly logsMayBeLate: boolean;
  /** Called once when the platform cannot be asked for a while (C-66). */
  onTrouble(error: Error): void;
}

/** Gives the records of activations as they end (C-66). */
export class ActivationWatch {
  private readonly late = new LateLogs((id) => this.record(id));

  private constructor(
    private readonly options: WatchOptions,
    private readonly deps: WatchDeps,
    private readonly window: ActivationWindow,
    private initial: readonly ListRecord[],
  ) {}

  /** Resolves when the watch has begun: whatever ends from then on will be given. Rejects when the platform cannot be asked. */
  static async begin(options: WatchOptions, deps: WatchDeps): Promise<ActivationWatch> {
    const { filter, initial, keep } = options;
    const window = await ActivationWindow.open(deps.activations, filter);
    const wanted = filter.since === undefined && initial > 0;
    const newest = wanted ? await newestActivations(filter, { count: initial, keep }, deps.activations) : [];
    for (const record of newest) window.see(record);
    return new ActivationWatch(options, deps, window, newest.toReversed());
  }

  /** Whole records, oldest first. One is given again when its log lines come later. Ends after `duration`; rejects when the signal is aborted. */
  async *records(): AsyncGenerator<ListRecord> {
    const { clock, signal } = this.deps;
    const { interval, duration = Number.POSITIVE_INFINITY } = this.options;
    const end = clock.monotonic() + duration;
    for (let failures = 0; ;) {
      try {
        yield* await this.look();
        yield* await this.late.arrived();
        failures = 0;
      } catch (error) {
        if (signal.aborted || !isTransient(error)) throw error;
        if (failures === 0) this.deps.onTrouble(error);
        failures += 1;
      }
      const left = end - clock.monotonic();
      if (left <= 0) return;
      const wait = Math.max(interval, Math.min(interval * 2 ** failures, longestPause));
      await pause(Math.min(left, wait), signal);
    }
  }

  private async look(): Promise<ListRecord[]> {
    const news = [...this.initial, ...(await this.window.news())];
    const wanted = news.filter(this.options.keep);
    const records = await inParallel(lanes, wanted, (summary) => this.record(textOf(summary, 'activationId') ?? ''));
    for (const summary of news) this.window.see(summary);
    this.initial = [];
    const found = records.filter((record) => record !== undefined);
    if (this.deps.logsMayBeLate) for (const record of found) this.late.expect(record);
    return found;
  }

  /** Undefined for one that is gone meanwhile. */
  private async record(id: string): Promise<ListRecord | undefined> {
    try {
      const { activations } = this.deps;
      const { namespace } = this.options.filter;
      const record = parseJson(await activations.get(id, 'record', { namespace, wait: 0 }));
      return isJsonObject(record) ? record : undefined;
    } catch (error) {
      if (error instanceof HttpError && error.status === 404) return undefined;
      throw error;
    }
  }
}

/** Whether it may go better soon: no usable answer, or an answer that says so. */
function isTransient(error: unknown): error is Error {
  if (error instanceof NetworkError) return error.code !== 'tls';
  return error instanceof HttpError && error.status !== undefined && (error.status >= 500 || error.status === 429);
}
