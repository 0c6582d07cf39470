import { MalformedContent } from '../errors/rejection.js';
import type { JsonObject, JsonValue } from './json.js';
import { type KeyValue, type Parameter, parseAnnotations, parseParameters } from './parameters.js';
import { firstVersion, nextVersion, parseSemanticVersion } from './semantic-version.js';

/** The fields that triggers, rules and packages share in the body of a `PUT`; only what the client gave (openwhisk-api.md §6.2). */
export interface GivenFields {
  readonly parameters?: readonly Parameter[];
  readonly annotations?: readonly KeyValue[];
  readonly version?: string;
  readonly publish?: boolean;
}

/** Who an entity is and in which state it was last written. */
interface EntityHead {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly publish: boolean;
  /** Epoch milliseconds of the last write. */
  readonly updated: number;
}

/** Reads the shared fields of a body; unknown fields are ignored. Throws MalformedContent, or 413 for sizes (openwhisk-api.md §6.3). */
export function parseGivenFields(body: JsonObject): GivenFields {
  const { parameters, annotations, version, publish } = body;
  return {
    ...(parameters === undefined ? {} : { parameters: parseParameters(parameters) }),
    ...(annotations === undefined ? {} : { annotations: parseAnnotations(annotations) }),
    ...(version === undefined ? {} : { version: parseSemanticVersion(version) }),
    ...(publish === undefined ? {} : { publish: parsePublish(publish) }),
  };
}

/** Reads `publish`; throws MalformedContent for what is not a Boolean. */
export function parsePublish(value: JsonValue): boolean {
  if (typeof value !== 'boolean') throw new MalformedContent("'publish' must be a boolean");
  return value;
}

/** The head of a new entity outside packages. */
export function newHead(
  place: { readonly namespace: string; readonly name: string },
  given: GivenFields,
  now: number,
): EntityHead {
  return {
    namespace: place.namespace,
    name: place.name,
    version: given.version ?? firstVersion,
    publish: given.publish ?? false,
    updated: now,
  };
}

/** The head after an update (openwhisk-api.md §6.1, §6.2). `updated` grows also when the clock stands still or jumps back. */
export function updatedHead(stored: EntityHead, given: GivenFields, now: number): EntityHead {
  const { namespace, name } = stored;
  return {
    namespace,
    name,
    version: given.version ?? nextVersion(stored.version),
    publish: given.publish ?? stored.publish,
    updated: Math.max(now, stored.updated + 1),
  };
}
