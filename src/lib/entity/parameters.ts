import { MalformedContent, Rejection } from '../errors/rejection.js';
import { isJsonObject, type JsonValue, stringifyJson } from './json.js';
import { maxPayloadBytes } from './limits.js';
import { messages } from './messages.js';

/** One parameter or annotation as it stands on the wire (openwhisk-api.md §6.3). */
export interface KeyValue {
  readonly key: string;
  readonly value: JsonValue;
}

/** A parameter; `init: true` means that it is delivered as an environment variable at `/init` (§8.6). */
export interface Parameter extends KeyValue {
  readonly init?: true;
}

/** Parameters of a request body; the last duplicate wins. Throws MalformedContent or a 413 (openwhisk-api.md §6.3). */
export function parseParameters(value: JsonValue): Parameter[] {
  return withinSize(
    'parameters',
    lastByKey(toEntries(value).map(([entry, pair]) => (entry['init'] === true ? { ...pair, init: true } : pair))),
  );
}

/** Annotations of a request body; the last duplicate wins. Throws MalformedContent or a 413 (openwhisk-api.md §6.3). */
export function parseAnnotations(value: JsonValue): KeyValue[] {
  return withinSize('annotations', lastByKey(toEntries(value).map(([, pair]) => pair)));
}

/** Refuses a set of more than 1 MB of key and value text (openwhisk-api.md §6.3); needed again after a merge. */
export function withinSize<T extends KeyValue>(what: 'parameters' | 'annotations', pairs: T[]): T[] {
  const size = pairs.reduce((sum, { key, value }) => sum + byteLength(key) + byteLength(stringifyJson(value)), 0);
  if (size > maxPayloadBytes) throw new Rejection(413, messages.larger(what, size, maxPayloadBytes));
  return pairs;
}

/** The later of each key, at the place where the key first stood. */
export function lastByKey<T extends KeyValue>(pairs: readonly T[]): T[] {
  return [...new Map(pairs.map((pair) => [pair.key, pair])).values()];
}

/** The value of an annotation; undefined when it is not there. */
export function annotationValue(annotations: readonly KeyValue[], key: string): JsonValue | undefined {
  return annotations.find((annotation) => annotation.key === key)?.value;
}

function toEntries(value: JsonValue): [Readonly<Record<string, JsonValue>>, KeyValue][] {
  if (!Array.isArray(value)) throw new MalformedContent(messages.parametersMalformed);
  return value.map((entry: JsonValue) => {
    if (!isJsonObject(entry)) throw new MalformedContent(messages.parametersMalformed);
    const { key, value: given } = entry;
    if (typeof key !== 'string' || key.trim() === '' || given === undefined) {
      throw new MalformedContent(messages.parametersMalformed);
    }
    return [entry, { key, value: given }];
  });
}

function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
