import { MalformedContent } from '../errors/rejection.js';
import { type GivenFields, parseGivenFields } from './entity-fields.js';
import { isEntityName } from './entity-name.js';
import { isJsonObject, type JsonObject, type JsonValue } from './json.js';
import { messages } from './messages.js';
import type { KeyValue, Parameter } from './parameters.js';

/** The provider of a binding. */
export interface Binding {
  readonly namespace: string;
  readonly name: string;
}

/** A package or a binding as stored (openwhisk-api.md §16.2). */
export interface WhiskPackage {
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
  readonly publish: boolean;
  readonly parameters: readonly Parameter[];
  readonly annotations: readonly KeyValue[];
  /** Absent on a plain package, which shows it as `{}`. */
  readonly binding?: Binding;
  /** Epoch milliseconds of the last write. */
  readonly updated: number;
}

/** The body of a `PUT` on a package, parsed; only what the client gave. */
export interface PackageBody extends GivenFields {
  readonly binding?: Binding;
}

/** The annotation that the server sets on bindings and takes away from everything else (openwhisk-api.md §16.2). */
const bindingKey = 'binding';

/**
 * Reads the body of a `PUT` on a package; unknown fields are ignored, an empty binding counts as none. Throws
 * MalformedContent, or 413 for sizes.
 */
export function parsePackageBody(body: JsonObject, callerNamespace: string): PackageBody {
  const binding = body['binding'] === undefined ? undefined : parseBinding(body['binding'], callerNamespace);
  return { ...parseGivenFields(body), ...(binding === undefined ? {} : { binding }) };
}

/** Annotations with the server's `binding` instead of a client's. */
export function withBindingAnnotation(annotations: readonly KeyValue[], binding: Binding | undefined): KeyValue[] {
  const given = annotations.filter(({ key }) => key !== bindingKey);
  return binding === undefined ? given : [...given, { key: bindingKey, value: { ...binding } }];
}

/** `_` and an empty namespace mean the caller's (openwhisk-api.md §16.3). */
function parseBinding(value: JsonValue, callerNamespace: string): Binding | undefined {
  if (!isJsonObject(value)) throw new MalformedContent(messages.bindingMalformed);
  if (Object.keys(value).length === 0) return undefined;
  const { namespace, name } = value;
  if (typeof namespace !== 'string' || typeof name !== 'string') throw new MalformedContent(messages.bindingMalformed);
  const resolved = namespace === '_' || namespace === '' ? callerNamespace : namespace;
  if (!isEntityName(resolved) || !isEntityName(name)) throw new MalformedContent(messages.nameMalformed);
  return { namespace: resolved, name };
}
