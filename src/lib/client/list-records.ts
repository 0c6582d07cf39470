import type { Connection } from '../config/connection.js';
import { isJsonObject, type JsonObject, type JsonValue, numberOf, parseJson } from '../entity/json.js';
import { NetworkError } from '../errors/client-errors.js';
import type { Attempt } from './responses.js';

/** A summary or record of a list, with exact numbers. */
export type ListRecord = JsonObject;

/** One request of a list (openwhisk-api.md §6.5). */
export interface ListPage {
  readonly limit: number;
  readonly skip: number;
}

/** Records that one request gives at most. */
const pageSize = 200;

/** What a list tried, in wsk's words, which call the namespace of the key `default` (C-53). */
export function listAttempt(
  thing: 'action' | 'activation' | 'trigger' | 'rule' | 'package',
  namespace: string,
): Attempt {
  const shown = namespace === '_' ? 'default' : namespace;
  return {
    what: `obtain the list of ${thing}s for namespace '${shown}'`,
    entity: { collection: `${thing}s`, namespace, package: '', name: '' },
  };
}

/** The records of a list's answer. Throws NetworkError for what is no array of objects (RS-253). */
export function toRecords(body: string, attempt: Attempt, connection: Connection): ListRecord[] {
  const value = parsedOrUndefined(body);
  if (Array.isArray(value) && value.every(isJsonObject)) return value;
  throw new NetworkError(`Unable to ${attempt.what}: the host did not answer with a list`, {
    hint: `is ${connection.apihost.value} (from ${connection.apihost.source}) an OpenWhisk API host?`,
  });
}

/** The number in `{"actions": 3}`; 0 when it is missing. */
export function toCount(body: string, collection: string): number {
  const value = parsedOrUndefined(body);
  return (isJsonObject(value) ? numberOf(value[collection]) : undefined) ?? 0;
}

/** What a user asked a list for (§11). */
export interface ListRange {
  /** Undefined means the default; 0 what the server gives at most in one page. */
  readonly limit?: number | undefined;
  readonly skip: number;
  /** Every record; `limit` does not count. */
  readonly all: boolean;
}

/** Records of a list, and whether the default limit has cut it. */
export interface ListResult {
  readonly records: readonly ListRecord[];
  readonly cut: boolean;
}

type ReadPage = (page: ListPage) => Promise<ListRecord[]>;

/** Records of a list when nothing else is said. */
const defaultLimit = 30;

/** Reads a list in pages until as many records as wanted that `keep` accepts are there, or no more exist (§11). */
export async function readList(
  read: ReadPage,
  range: ListRange,
  keep?: (record: ListRecord) => boolean,
): Promise<ListResult> {
  const { limit = defaultLimit, skip, all } = range;
  if (!all && limit === 0 && keep === undefined) return { records: await read({ limit: 0, skip }), cut: false };
  const wanted = all ? Number.POSITIVE_INFINITY : limit === 0 ? pageSize : limit;
  const records = await readPages(read, { wanted, skip, keep });
  const full = !all && range.limit === undefined && keep === undefined && records.length === wanted;
  const cut = full && (await read({ limit: 1, skip: skip + wanted })).length > 0;
  return { records, cut };
}

/** The part of a list that is there as a whole; a limit of 0 is no limit (§11). */
export function sliceOf(records: readonly ListRecord[], range: ListRange): ListResult {
  const { limit = defaultLimit, skip, all } = range;
  const rest = records.slice(skip);
  const part = all || limit === 0 ? rest : rest.slice(0, limit);
  return { records: part, cut: range.limit === undefined && part.length < rest.length };
}

async function readPages(
  read: ReadPage,
  options: { readonly wanted: number; readonly skip: number; keep: ((record: ListRecord) => boolean) | undefined },
): Promise<ListRecord[]> {
  const { wanted, keep } = options;
  const records: ListRecord[] = [];
  for (let skip = options.skip; records.length < wanted;) {
    const size = Math.min(pageSize, keep === undefined ? wanted - records.length : pageSize);
    const page = await read({ limit: size, skip });
    records.push(...(keep === undefined ? page : page.filter(keep)));
    if (page.length < size) break;
    skip += page.length;
  }
  return records.slice(0, wanted);
}

/** A member of a record that is text; undefined when it is something else. */
export function textOf(record: JsonObject, member: string): string | undefined {
  const value = record[member];
  return typeof value === 'string' ? value : undefined;
}

/** Value of an annotation of a record. */
export function annotationOf(record: JsonObject, key: string): JsonValue | undefined {
  return objectsIn(record['annotations']).findLast((entry) => entry['key'] === key)?.['value'];
}

/** The objects in a list; nothing for a value that is no list. */
export function objectsIn(value: JsonValue | undefined): readonly JsonObject[] {
  if (!Array.isArray(value)) return [];
  const items: readonly JsonValue[] = value;
  return items.filter(isJsonObject);
}

/** The JSON of an answer; undefined when it is none. */
export function parsedOrUndefined(body: string): JsonValue | undefined {
  try {
    return parseJson(body);
  } catch {
    return undefined;
  }
}
