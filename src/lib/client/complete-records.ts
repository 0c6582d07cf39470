import { isJsonObject } from '../entity/json.js';
import { RtError } from '../errors/rt-error.js';
import { inParallel } from './in-parallel.js';
import { type ListRecord, parsedOrUndefined, textOf } from './list-records.js';

/** GETs that are under way at a time (C-70). */
const atOnce = 8;

/** Records of a list, completed; those that could not be read are as the list had them. */
export interface CompletedRecords {
  readonly records: readonly ListRecord[];
  readonly failures: readonly RtError[];
}

/** Completes the summaries of a list with one GET each, for what lists leave out: the status of a rule, the rules of a trigger (C-70). Without `read` they stay as the list had them. */
export async function completeRecords(
  records: readonly ListRecord[],
  read: ((name: string) => Promise<string>) | undefined,
): Promise<CompletedRecords> {
  if (read === undefined) return { records, failures: [] };
  const failures: RtError[] = [];
  const completed = await inParallel(atOnce, records, async (record) => {
    try {
      const whole = parsedOrUndefined(await read(textOf(record, 'name') ?? ''));
      return isJsonObject(whole) ? whole : record;
    } catch (error) {
      if (!(error instanceof RtError)) throw error;
      failures.push(error);
      return record;
    }
  });
  return { records: completed, failures };
}
