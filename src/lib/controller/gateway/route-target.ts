import { isJsonObject, type JsonValue } from '../../entity/json.js';
import { type DocumentedOperation, headerMark, itemsOf, memberOf, requestPathMark } from './swagger-document.js';

/** Where a route leads: to a web action of this platform, whatever host its address names. */
export interface RouteTarget {
  /** `/api/v1/web/ns/pkg/action.ext`. */
  readonly path: string;
  /** Whether the action gets the path of the request. */
  readonly passesPath: boolean;
  /** Headers that the route adds, such as `X-Require-Whisk-Auth`. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

const webAddress = /^(?:https?:\/\/[^/?#]*)?(\/api\/v1\/web\/[^/?#]+\/[^/?#]+\/[^/?#]+)$/i;

/**
 * The target of an operation: that of its case, else the address in `x-openwhisk`. Undefined when it is no web action:
 * the gateway never calls other servers.
 */
export function targetOf({ operation, execute }: DocumentedOperation): RouteTarget | undefined {
  const whisk = operation['x-openwhisk'];
  const url = execute.map((step) => read(step, 'invoke', 'target-url')).find((value) => typeof value === 'string');
  const given = url ?? (isJsonObject(whisk) ? whisk['url'] : undefined);
  if (typeof given !== 'string') return undefined;
  const passesPath = given.endsWith(requestPathMark);
  const path = webAddress.exec(passesPath ? given.slice(0, -requestPathMark.length) : given)?.[1];
  return path === undefined ? undefined : { path, passesPath, headers: execute.flatMap(headersOf) };
}

function headersOf(step: JsonValue): (readonly [string, string])[] {
  return itemsOf(read(step, 'set-variable', 'actions')).flatMap((action) => {
    const { set, value } = isJsonObject(action) ? action : {};
    if (typeof set !== 'string' || typeof value !== 'string' || !set.startsWith(headerMark)) return [];
    // Headers are bytes, and Node shows bytes as Latin-1.
    return [[set.slice(headerMark.length), Buffer.from(value).toString('latin1')] as const];
  });
}

function read(step: JsonValue, first: string, second: string): JsonValue | undefined {
  const inner = isJsonObject(step) ? memberOf(step, first) : undefined;
  return isJsonObject(inner) ? memberOf(inner, second) : undefined;
}
