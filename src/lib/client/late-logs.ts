import { inParallel } from './in-parallel.js';
import { annotationOf, type ListRecord, textOf } from './list-records.js';

/** Records without log lines that are asked for again at a time; of more only the newest. */
const watched = 20;

/** How often each is asked for again. */
const attempts = 5;

/** Requests at a time. */
const lanes = 8;

/** Remembers records without log lines, because platforms with a log store of its own add them later (C-66). */
export class LateLogs {
  /** Attempts left by id. */
  private readonly silent = new Map<string, number>();

  constructor(private readonly read: (id: string) => Promise<ListRecord | undefined>) {}

  /** Looks out for the lines of a record that has none; triggers never have any. */
  expect(record: ListRecord): void {
    const id = textOf(record, 'activationId');
    if (id === undefined || hasLines(record) || annotationOf(record, 'path') === undefined) return;
    this.silent.set(id, attempts);
    const [oldest] = this.silent.keys();
    if (this.silent.size > watched && oldest !== undefined) this.silent.delete(oldest);
  }

  /** The records whose lines have come since. To be called once per look, after what is new was shown. */
  async arrived(): Promise<ListRecord[]> {
    const asked = [...this.silent].filter(([, left]) => left < attempts);
    for (const [id, left] of this.silent) {
      if (left <= 1) this.silent.delete(id);
      else this.silent.set(id, left - 1);
    }
    const records = await inParallel(lanes, asked, ([id]) => this.read(id));
    const arrived = records.filter((record) => record !== undefined).filter(hasLines);
    for (const record of arrived) this.silent.delete(textOf(record, 'activationId') ?? '');
    return arrived;
  }
}

function hasLines({ logs }: ListRecord): boolean {
  return Array.isArray(logs) && logs.length > 0;
}
