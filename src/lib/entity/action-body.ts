import { MalformedContent } from '../errors/rejection.js';
import { parsePublish } from './entity-fields.js';
import { type KnownKinds, type ParsedExec, parseExec } from './exec-parser.js';
import { type JsonObject, type JsonValue } from './json.js';
import { type GivenLimits, parseActionLimits } from './limits.js';
import { type KeyValue, type Parameter, parseAnnotations, parseParameters } from './parameters.js';
import { parseSemanticVersion } from './semantic-version.js';

/** The body of a `PUT` on an action, parsed; only what the client gave (openwhisk-api.md §7.2). */
export interface ActionBody {
  readonly exec?: ParsedExec;
  readonly parameters?: readonly Parameter[];
  readonly annotations?: readonly KeyValue[];
  readonly delAnnotations?: readonly string[];
  readonly limits?: GivenLimits;
  readonly version?: string;
  readonly publish?: boolean;
}

/** Reads the body of a `PUT` on an action; unknown fields are ignored. Throws MalformedContent, or 413 for sizes. */
export function parseActionBody(body: JsonObject, kinds: KnownKinds, callerNamespace: string): ActionBody {
  const { exec, parameters, annotations, delAnnotations, limits, version, publish } = body;
  return {
    ...(exec === undefined ? {} : { exec: parseExec(exec, kinds, callerNamespace) }),
    ...(parameters === undefined ? {} : { parameters: parseParameters(parameters) }),
    ...(annotations === undefined ? {} : { annotations: parseAnnotations(annotations) }),
    ...(delAnnotations === undefined ? {} : { delAnnotations: parseKeys(delAnnotations) }),
    ...(limits === undefined ? {} : { limits: parseActionLimits(limits) }),
    ...(version === undefined ? {} : { version: parseSemanticVersion(version) }),
    ...(publish === undefined ? {} : { publish: parsePublish(publish) }),
  };
}

function parseKeys(value: JsonValue): string[] {
  if (!Array.isArray(value)) throw new MalformedContent("'delAnnotations' must be an array of strings");
  return value.map((key: JsonValue) => {
    if (typeof key !== 'string') throw new MalformedContent("'delAnnotations' must be an array of strings");
    return key;
  });
}
