import { isJsonObject, type JsonObject } from '../entity/json.js';
import { ConfigError } from '../errors/client-errors.js';
import { formatImageName } from './image-name.js';
import { parseMegabytes, parseMilliseconds } from './quantity.js';
import type { RuntimeKind, StemCells } from './runtime-kind.js';

/** What a manifest file says. */
export interface ParsedManifest {
  readonly kinds: readonly RuntimeKind[];
  /** Image names that users may give and that count as local. */
  readonly blackboxes: readonly string[];
}

/**
 * Checks a manifest and fills in what may be missing (action-interface.md §2, AI-324).
 * Throws ConfigError that begins with `runtimes manifest:` and names the place.
 */
export function parseManifest(json: unknown): ParsedManifest {
  const manifest = objectAt(json, 'the document');
  const runtimes = objectAt(manifest.runtimes, "'runtimes'");
  return {
    kinds: withUniqueNames(Object.entries(runtimes).flatMap(([family, kinds]) => parseFamily(family, kinds))),
    blackboxes: arrayAt(manifest.blackboxes ?? [], "'blackboxes'").map((image) => parseImage(image, "'blackboxes'")),
  };
}

function parseFamily(family: string, json: unknown): RuntimeKind[] {
  const place = `family '${family}'`;
  const name = family.trim().toLowerCase();
  const kinds = arrayAt(json, place).map((kind) => parseKind(name, kind));
  const defaults = kinds.filter((kind) => kind.default);
  if (defaults.length > 1) fail(place, `has more than one default: ${defaults.map(({ kind }) => kind).join(', ')}`);
  if (defaults.length === 1 || kinds.length === 0) return kinds;
  if (kinds.length > 1) fail(place, 'has several kinds but none of them is the default');
  return kinds.map((kind) => ({ ...kind, default: true }));
}

function parseKind(family: string, json: unknown): RuntimeKind {
  const entry = objectAt(json, `a kind of family '${family}'`);
  const kind = textAt(entry.kind, `'kind' of family '${family}'`).trim().toLowerCase();
  const place = `kind '${kind}'`;
  return {
    family,
    kind,
    default: flagAt(entry.default, `'default' of ${place}`, false),
    deprecated: flagAt(entry.deprecated, `'deprecated' of ${place}`, false),
    image: parseImage(entry.image, `'image' of ${place}`),
    attached: entry.attached !== undefined && entry.attached !== null,
    requireMain: flagAt(entry.requireMain, `'requireMain' of ${place}`, false),
    sentinelledLogs: flagAt(entry.sentinelledLogs, `'sentinelledLogs' of ${place}`, true),
    stemCells: arrayAt(entry.stemCells ?? [], `'stemCells' of ${place}`).map((cells) => parseStemCells(cells, place)),
  };
}

function parseImage(json: unknown, place: string): string {
  if (typeof json === 'string' && json !== '') return json;
  const image = objectAt(json, place);
  const part = (name: string): string =>
    image[name] === undefined ? '' : textAt(image[name], `'${name}' of ${place}`);
  const name = part('name');
  if (name === '') fail(place, "needs a 'name'");
  return formatImageName({ registry: part('registry'), prefix: part('prefix'), name, tag: part('tag') });
}

function parseStemCells(json: unknown, kindPlace: string): StemCells {
  const place = `stem cells of ${kindPlace}`;
  const cells = objectAt(json, place);
  const initialCount = cells.initialCount ?? cells.count;
  if (initialCount === undefined || cells.memory === undefined) fail(place, "need both 'initialCount' and 'memory'");
  const memory = parseMegabytes(textAt(cells.memory, `'memory' of ${place}`));
  if (memory === undefined || memory <= 0) fail(place, "have a 'memory' that is not a size such as '256 MB'");
  const base = { initialCount: countAt(initialCount, `'initialCount' of ${place}`, 1), memory };
  return cells.reactive === undefined ? base : { ...base, reactive: parseReactive(cells.reactive, place) };
}

function parseReactive(json: unknown, cellsPlace: string): NonNullable<StemCells['reactive']> {
  const place = `'reactive' of ${cellsPlace}`;
  const reactive = objectAt(json, place);
  const minCount = countAt(reactive.minCount, `'minCount' of ${place}`, 0);
  const maxCount = countAt(reactive.maxCount, `'maxCount' of ${place}`, 1);
  const increment = countAt(reactive.increment, `'increment' of ${place}`, 1);
  const threshold = countAt(reactive.threshold, `'threshold' of ${place}`, 1);
  if (minCount > maxCount) fail(place, "has a 'minCount' above its 'maxCount'");
  if (increment > maxCount) fail(place, "has an 'increment' above its 'maxCount'");
  const ttl = parseMilliseconds(textAt(reactive.ttl, `'ttl' of ${place}`));
  if (ttl === undefined) fail(place, "has a 'ttl' that is not a duration such as '2 minutes'");
  return { minCount, maxCount, ttl, threshold, increment };
}

function withUniqueNames(kinds: RuntimeKind[]): RuntimeKind[] {
  const seen = new Set<string>();
  for (const { kind } of kinds) {
    if (seen.has(kind)) fail(`kind '${kind}'`, 'is listed twice');
    seen.add(kind);
  }
  return kinds;
}

function objectAt(json: unknown, place: string): JsonObject {
  if (!isJsonObject(json)) fail(place, 'must be an object');
  return json;
}

function arrayAt(json: unknown, place: string): readonly unknown[] {
  if (!Array.isArray(json)) fail(place, 'must be a list');
  return json;
}

function textAt(json: unknown, place: string): string {
  if (typeof json !== 'string') fail(place, 'must be a text');
  return json;
}

function flagAt(json: unknown, place: string, missing: boolean): boolean {
  const value = json ?? missing;
  if (typeof value !== 'boolean') fail(place, 'must be true or false');
  return value;
}

function countAt(json: unknown, place: string, least: number): number {
  if (typeof json !== 'number' || !Number.isInteger(json) || json < least) {
    fail(place, `must be a whole number of at least ${String(least)}`);
  }
  return json;
}

function fail(place: string, problem: string): never {
  throw new ConfigError(`runtimes manifest: ${place} ${problem}`);
}
