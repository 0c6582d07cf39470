import { numberOf } from '../entity/json.js';
import type { ActivationFilter, ActivationsClient } from './activations-client.js';
import { type ListRecord, textOf } from './list-records.js';

/** Records of one request. */
const pageSize = 200;

/** Milliseconds before the newest record in which others may have begun that are still running: the longest run of an action. */
const longestRun = 300_000;

/** Milliseconds for which a record may come behind newer ones: sequences and compositions run longer than one action. */
const longestDelay = 3_600_000;

/**
 * The activations from some moment on, as a list that grows at both ends: a record is written when its activation ends, but stands where
 * it started, so one that took long appears behind others that are known already. Finds each exactly once.
 */
export class ActivationWindow {
  /** Start by id, of those within the window. */
  private readonly seen = new Map<string, number>();

  private constructor(
    private readonly activations: ActivationsClient,
    private readonly filter: ActivationFilter,
    private since: number | undefined,
  ) {}

  /** Everything since `filter.since` is news; without it whatever ends from now on. The clock that counts is the platform's. */
  static async open(activations: ActivationsClient, filter: ActivationFilter): Promise<ActivationWindow> {
    if (filter.since !== undefined) return new ActivationWindow(activations, filter, filter.since);
    const [newest] = await activations.list(filter, { limit: 1, skip: 0 });
    if (newest === undefined) return new ActivationWindow(activations, filter, undefined);
    const window = new ActivationWindow(activations, filter, Math.max(0, startOf(newest) - longestRun));
    for (const record of await window.everything()) window.see(record);
    return window;
  }

  /** Summaries of activations that were not seen yet, oldest first. They stay news until `see` was called for them. */
  async news(): Promise<ListRecord[]> {
    const first = await this.page(0);
    const found = await this.further(first);
    const records = [...found.values()].sort((a, b) => startOf(a) - startOf(b));
    this.advance(Math.max(...first.map(startOf)));
    return records;
  }

  /** Makes a record known. */
  see(record: ListRecord): void {
    this.seen.set(idOf(record), startOf(record));
  }

  /** The unseen records: those of the first page, and as many of the pages behind it as the platform's count says are missing. */
  private async further(first: readonly ListRecord[]): Promise<Map<string, ListRecord>> {
    const found = new Map(this.unseen(first));
    if (first.length < pageSize) return found;
    const count = await this.activations.count(this.query());
    const listed = new Set(first.map(idOf));
    let page = first;
    for (let skip = pageSize; this.seen.size + found.size !== count && page.length === pageSize; skip += pageSize) {
      page = await this.page(skip);
      for (const record of page) listed.add(idOf(record));
      for (const [id, record] of this.unseen(page)) found.set(id, record);
    }
    // Records that the platform has removed meanwhile would spoil the comparison with its count for ever.
    if (page.length < pageSize) for (const id of this.seen.keys()) if (!listed.has(id)) this.seen.delete(id);
    return found;
  }

  private unseen(records: readonly ListRecord[]): [string, ListRecord][] {
    return records
      .filter((record) => !this.seen.has(idOf(record)))
      .toReversed()
      .map((record) => [idOf(record), record]);
  }

  /** Forgets what is so long ago that nothing can come before it any more. */
  private advance(newest: number): void {
    const since = newest - longestDelay;
    if (!Number.isFinite(since) || since <= (this.since ?? 0)) return;
    this.since = since;
    for (const [id, start] of this.seen) if (start < since) this.seen.delete(id);
  }

  private async everything(): Promise<ListRecord[]> {
    const records: ListRecord[] = [];
    for (let skip = 0; ; skip += pageSize) {
      const page = await this.page(skip);
      records.push(...page);
      if (page.length < pageSize) return records;
    }
  }

  private page(skip: number): Promise<ListRecord[]> {
    return this.activations.list(this.query(), { limit: pageSize, skip });
  }

  private query(): ActivationFilter {
    return this.since === undefined ? this.filter : { ...this.filter, since: this.since };
  }
}

function idOf(record: ListRecord): string {
  return textOf(record, 'activationId') ?? '';
}

function startOf(record: ListRecord): number {
  return numberOf(record['start']) ?? 0;
}
