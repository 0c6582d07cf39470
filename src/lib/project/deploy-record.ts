import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from '../entity/json.js';
import { isSequence, type PlannedEntity } from './planned-entity.js';

/** Name of the annotation that says what was deployed (D-21). */
export const recordKey = 'rt';

/** What the annotation `rt` of an entity says of its last deploy (D-21). */
export interface DeployRecord {
  /** Digits of the hash of everything that was desired. */
  readonly hash: string;
  /** The version that the entity got. Another one means that somebody has written it since. */
  readonly version: string;
  /** Hash of what is dear to send: the code of an action, the feed of a trigger. Equal means that it need not be sent again. */
  readonly part?: string;
  /** Limits that the project has stated; one that it no longer states is set back (D-16). */
  readonly limits?: readonly string[];
}

/** Both hashes of a desired entity. */
export type Hashes = Pick<DeployRecord, 'hash' | 'part'>;

/** Reads the annotation; undefined for anything that is not of this form. */
export function readRecord(value: JsonValue | undefined): DeployRecord | undefined {
  if (!isJsonObject(value) || value['v'] !== 1) return undefined;
  const { hash, version, part, limits } = value;
  if (typeof hash !== 'string' || typeof version !== 'string') return undefined;
  return {
    ...{ hash, version },
    ...(typeof part === 'string' ? { part } : {}),
    ...(Array.isArray(limits) ? { limits: limits.filter((name) => typeof name === 'string') } : {}),
  };
}

/** The value of the annotation. */
export function recordValue({ hash, version, part, limits = [] }: DeployRecord): JsonObject {
  return {
    ...{ v: 1, hash, version },
    ...(part === undefined ? {} : { part }),
    ...(limits.length === 0 ? {} : { limits }),
  };
}

/** The hashes of a desired entity: the same whatever the order of keys, the folder, the time (D-21). Values go in, but only as a hash. */
export function hashesOf(entity: PlannedEntity): Hashes {
  const part = partOf(entity);
  return {
    hash: digest({ thing: entity.thing, ...stateOf(entity) }),
    ...(part === undefined ? {} : { part: digest(part) }),
  };
}

function stateOf({ thing, wanted }: PlannedEntity): JsonObject {
  if (thing !== 'action' || isSequence(wanted) || wanted.code === undefined) return wanted as unknown as JsonObject;
  const { digest: tree, binary } = wanted.code;
  return { ...wanted, code: { digest: tree, binary } };
}

function partOf(entity: PlannedEntity): JsonObject | undefined {
  if (entity.thing === 'trigger') {
    const { feed, feedParameters = {} } = entity.wanted;
    return feed === undefined ? undefined : { feed, feedParameters };
  }
  if (entity.thing !== 'action' || isSequence(entity.wanted)) return undefined;
  const { kind, main = '', image = '', code } = entity.wanted;
  return { kind, main, image, ...(code === undefined ? {} : { digest: code.digest, binary: code.binary }) };
}

/** The first 32 digits of the SHA-256 of a value with its keys in order (D-21). */
function digest(value: JsonValue): string {
  return createHash('sha256')
    .update(stringifyJson(sorted(value)))
    .digest('hex')
    .slice(0, 32);
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(sorted);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([key, member]) => [key, sorted(member)]));
}
