import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../entity/json.js';
import { messages } from '../../entity/messages.js';
import { MalformedContent } from '../../errors/rejection.js';
import { GatewayFailure } from './gateway-failure.js';

/** One path and verb of an API, and the web action behind it (openwhisk-api.md §18.2). */
export interface RouteDefinition {
  readonly basePath: string;
  /** Title of the API; absent: the base path. */
  readonly title?: string;
  readonly path: string;
  /** Lower case. */
  readonly verb: string;
  readonly pathParameters: readonly JsonValue[];
  readonly action: {
    readonly namespace: string;
    /** `default` outside packages. */
    readonly package: string;
    readonly name: string;
    /** Scheme and host of the platform as its client sees it. */
    readonly origin: string;
    /** Value of the annotation `require-whisk-auth`, where there is one. */
    readonly secureKey?: string;
  };
}

/** What `createApi` is given: one more route, or a whole document. */
export type ApiDefinition =
  | { readonly kind: 'route'; readonly basePath: string; readonly route: RouteDefinition }
  | { readonly kind: 'document'; readonly basePath: string; readonly document: JsonObject };

/**
 * Reads the member `apidoc` of a call of `createApi`; the namespace `_` is the caller's. Throws GatewayFailure with
 * the texts of openwhisk-api.md §18.5, which are checked in the order of the reference.
 */
export function parseApiDefinition(apidoc: JsonValue | undefined, callerNamespace: string): ApiDefinition {
  const doc = parseDocument(apidoc);
  if (!isGiven(doc['namespace'])) throw new GatewayFailure(messages.apidocMissing('namespace'));
  const { swagger } = doc;
  if (swagger !== undefined && isGiven(swagger)) {
    if (isGiven(doc['gatewayBasePath'])) throw new GatewayFailure(messages.swaggerExclusive);
    return parseSwagger(swagger);
  }
  const route = parseRoute(doc, callerNamespace);
  return { kind: 'route', basePath: route.basePath, route };
}

function parseDocument(apidoc: JsonValue | undefined): JsonObject {
  if (apidoc === undefined || !isGiven(apidoc)) throw new GatewayFailure(messages.apidocRequired);
  const value = typeof apidoc === 'string' ? parseField('apidoc', apidoc) : apidoc;
  if (!isJsonObject(value)) throw new GatewayFailure(messages.apidocType(typeOf(value)));
  return value;
}

function parseSwagger(swagger: JsonValue): ApiDefinition {
  const document = typeof swagger === 'string' ? parseField('swagger', swagger) : swagger;
  if (!isJsonObject(document)) throw new GatewayFailure(messages.swaggerType(typeOf(document)));
  const { basePath } = document;
  if (typeof basePath !== 'string' || basePath === '') throw new GatewayFailure(messages.swaggerMissing('basePath'));
  for (const field of ['paths', 'info']) {
    if (!isGiven(document[field])) throw new GatewayFailure(messages.swaggerMissing(field));
  }
  return { kind: 'document', basePath, document };
}

function parseRoute(doc: JsonObject, callerNamespace: string): RouteDefinition {
  const [basePath, path, verb] = ['gatewayBasePath', 'gatewayPath', 'gatewayMethod'].map((field) =>
    requiredText(doc[field], messages.apidocMissing(field)),
  );
  const { action, apiName, pathParameters } = doc;
  // The reference ends this one text with a full stop.
  if (!isJsonObject(action)) throw new GatewayFailure(`${messages.apidocMissing('action')}.`);
  return {
    basePath: basePath ?? '',
    path: path ?? '',
    verb: (verb ?? '').toLowerCase(),
    pathParameters: Array.isArray(pathParameters) ? pathParameters : [],
    action: parseAction(action, callerNamespace),
    ...(typeof apiName === 'string' && apiName !== '' ? { title: apiName } : {}),
  };
}

function parseAction(action: JsonObject, callerNamespace: string): RouteDefinition['action'] {
  const [, url = '', namespace = '', name = ''] = ['backendMethod', 'backendUrl', 'namespace', 'name', 'authkey'].map(
    (field) => requiredText(action[field], messages.apiActionMissing(field)),
  );
  const { secureKey } = action;
  const segments = name.split('/');
  const simple = segments.pop() ?? '';
  return {
    namespace: namespace === '_' ? callerNamespace : namespace,
    package: segments.pop() ?? 'default',
    name: simple,
    origin: /^[a-z]+:\/\/[^/]*/i.exec(url)?.[0] ?? '',
    ...(typeof secureKey === 'string' || typeof secureKey === 'number' ? { secureKey: String(secureKey) } : {}),
  };
}

function requiredText(value: JsonValue | undefined, missing: string): string {
  if (typeof value !== 'string' || value === '') throw new GatewayFailure(missing);
  return value;
}

function parseField(field: string, text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof MalformedContent) throw new GatewayFailure(messages.apiUnparsable(field), { cause: error });
    throw error;
  }
}

/** The reference asks whether a field is "truthy". */
function isGiven(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '' && value !== false && value !== 0;
}

function typeOf(value: JsonValue): string {
  return Array.isArray(value) ? 'array' : typeof value;
}
